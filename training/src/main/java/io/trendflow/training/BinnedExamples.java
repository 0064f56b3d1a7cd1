package io.trendflow.training;

import io.trendflow.model.InputFeature;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.feature.Instance;
import org.apache.spark.ml.tree.DecisionTreeModel;
import org.apache.spark.ml.tree.Node;
import org.apache.spark.ml.tree.Split;
import org.apache.spark.ml.tree.impl.BaggedPoint;
import org.apache.spark.ml.tree.impl.BaggedPoint$;
import org.apache.spark.ml.tree.impl.DecisionTreeMetadata;
import org.apache.spark.ml.tree.impl.DecisionTreeMetadata$;
import org.apache.spark.ml.tree.impl.RandomForest;
import org.apache.spark.ml.tree.impl.RandomForest$;
import org.apache.spark.ml.tree.impl.TreePoint;
import org.apache.spark.mllib.tree.configuration.Algo;
import org.apache.spark.mllib.tree.configuration.Strategy;
import org.apache.spark.mllib.tree.impurity.Variance;
import org.apache.spark.storage.StorageLevel;
import scala.Option;

/**
 * Examples whose features are indexes of bins, to which MLlib fits trees.
 *
 * <p>MLlib's estimators find the bins of all examples anew for each fit, which takes longer than a
 * tree. The methods below them, which Spark 3.5 has in every version for Scala 2.12 and 2.13, take
 * examples whose bins are known (ADR 20).
 */
final class BinnedExamples implements AutoCloseable {
  private static final int MAX_MEMORY_MB = 512;

  /** Largest size of the statistics of the nodes that are split in one pass over the examples. */
  static final long MAX_MEMORY_BYTES = MAX_MEMORY_MB * 1024L * 1024;

  /**
   * Examples up to which a tree's sample is kept for its levels. A sample has 400 bytes for each
   * example; a larger one would drive the bins out of memory, and drawing it anew takes less time
   * than to read it from disk.
   */
  private static final long MOST_KEPT = 1_000_000;

  private final Recipe recipe;
  private final Strategy strategy;
  private final DecisionTreeMetadata metadata;
  private final Broadcast<Split[][]> splits;

  /** Bin of each feature in two bytes, which take half of MLlib's memory in each fit. */
  private final JavaRDD<char[]> bins;

  /** Finds the bins of the examples, once for every target and round. */
  BinnedExamples(ExampleVectors vectors, Recipe recipe) {
    this.recipe = recipe;
    this.strategy = strategy(vectors.inputs(), recipe);
    JavaRDD<Instance> instances = vectors.instances();
    this.metadata =
        DecisionTreeMetadata$.MODULE$.buildMetadata(
            instances.rdd(), strategy, 1, Double.toString(recipe.featureFraction()));
    Split[][] found = RandomForest$.MODULE$.findSplits(instances.rdd(), metadata, recipe.seed());
    this.splits = JavaSparkContext.fromSparkContext(instances.context()).broadcast(found);
    this.bins =
        TreePoint.convertToTreeRDD(instances.rdd(), found, metadata)
            .toJavaRDD()
            .map(point -> narrow(point.binnedFeatures()))
            .persist(StorageLevel.MEMORY_AND_DISK());
  }

  /** Returns the parameters of a tree. */
  static Strategy strategy(List<InputFeature> inputs, Recipe recipe) {
    Map<Integer, Integer> arities = new HashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i).kind() == InputFeature.Kind.CATEGORICAL) {
        arities.put(i, ExampleVectors.arity(inputs.get(i)));
      }
    }
    int categories = arities.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    Strategy strategy =
        new Strategy(
            Algo.Regression(),
            Variance.instance(),
            recipe.depth(),
            0,
            Math.max(recipe.bins(), categories),
            arities);
    strategy.setMinInstancesPerNode(recipe.minInstances());
    strategy.setSubsamplingRate(recipe.subsample());
    strategy.setMaxMemoryInMB(MAX_MEMORY_MB);
    return strategy;
  }

  /**
   * Fits a tree to a sample of the examples.
   *
   * @param labels label of each example, in the order of the examples
   * @return the root
   */
  Node tree(JavaRDD<Double> labels, long seed) {
    JavaRDD<TreePoint> points =
        bins.zip(labels).map(pair -> new TreePoint(pair._2(), wide(pair._1()), 1));
    JavaRDD<BaggedPoint<TreePoint>> bagged =
        BaggedPoint$.MODULE$
            .convertToBaggedRDD(
                points.rdd(),
                recipe.subsample(),
                1,
                false,
                BaggedPoint$.MODULE$.convertToBaggedRDD$default$5(),
                seed)
            .toJavaRDD();
    if (metadata.numExamples() <= MOST_KEPT) {
      bagged.persist(StorageLevel.MEMORY_AND_DISK());
    }
    try {
      DecisionTreeModel[] fitted =
          RandomForest.runBagged(
              bagged.rdd(),
              metadata,
              splits,
              strategy,
              1,
              Double.toString(recipe.featureFraction()),
              seed,
              Option.empty(),
              true,
              Option.empty());
      return fitted[0].rootNode();
    } finally {
      bagged.unpersist(false);
    }
  }

  /** Returns the residuals that a tree leaves, which counts by a weight. */
  JavaRDD<Double> residuals(JavaRDD<Double> labels, Node root, double weight) {
    Broadcast<Split[][]> splits = this.splits;
    return bins.zip(labels)
        .map(
            pair ->
                pair._2()
                    - weight * root.predictBinned(wide(pair._1()), splits.value()).prediction());
  }

  private static char[] narrow(int[] bins) {
    char[] narrow = new char[bins.length];
    for (int i = 0; i < bins.length; i++) {
      narrow[i] = (char) bins[i];
    }
    return narrow;
  }

  static int[] wide(char[] bins) {
    int[] wide = new int[bins.length];
    for (int i = 0; i < bins.length; i++) {
      wide[i] = bins[i];
    }
    return wide;
  }

  @Override
  public void close() {
    bins.unpersist(false);
    splits.unpersist(false);
  }
}
