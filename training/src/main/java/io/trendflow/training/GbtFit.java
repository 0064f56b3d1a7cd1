package io.trendflow.training;

import io.trendflow.model.PredictionTarget;
import io.trendflow.model.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.tree.Node;
import org.apache.spark.storage.StorageLevel;

/**
 * Fits gradient-boosted trees by squared error (Friedman, Greedy Function Approximation, 2001) with
 * MLlib's trees.
 *
 * <p>MLlib's own boosting takes its first tree at full weight, which fits the noise of the training
 * cutoffs (ADR 20).
 */
final class GbtFit {
  /**
   * Number of rounds after which the residuals are checkpointed. Each round adds a step to their
   * lineage, whose serialization overflows the stack after several hundred.
   */
  private static final int CHECKPOINT_ROUNDS = 50;

  private final BinnedExamples examples;
  private final Recipe recipe;

  private GbtFit(BinnedExamples examples, Recipe recipe) {
    this.examples = examples;
    this.recipe = recipe;
  }

  /** Fits the trees of every part of the target by a Spark job for each level of a tree. */
  static FittedParts fit(ExampleVectors vectors, Recipe recipe) {
    try (BinnedExamples examples = new BinnedExamples(vectors, recipe)) {
      GbtFit fit = new GbtFit(examples, recipe);
      List<FittedEnsemble> parts =
          recipe.target().parts().stream().map(part -> fit.boost(vectors.labels(part))).toList();
      return new FittedParts(recipe.target(), parts, null);
    }
  }

  /**
   * Fits the trees of every part to examples in memory, the parts side by side: the last fit of a
   * training has no other beside it.
   *
   * @param labels labels of a target, in the order of the examples
   */
  static FittedParts inOneTask(
      TreeGrower grower, Function<PredictionTarget, double[]> labels, Recipe recipe) {
    List<FittedEnsemble> parts =
        recipe.target().parts().parallelStream()
            .map(part -> boost(grower, labels.apply(part), recipe))
            .toList();
    return new FittedParts(recipe.target(), parts, null);
  }

  private static FittedEnsemble boost(TreeGrower grower, double[] labels, Recipe recipe) {
    double mean = sumAndCount(Arrays.stream(labels).iterator())[0] / labels.length;
    double[] residuals = Arrays.stream(labels).map(label -> label - mean).toArray();
    List<Tree> trees = new ArrayList<>();
    for (int round = 1; round <= recipe.trees(); round++) {
      Node root = grower.tree(residuals, recipe.seed() + round);
      trees.add(MlTrees.of(root, recipe.learningRate()));
      grower.subtract(root, recipe.learningRate(), residuals);
    }
    return new FittedEnsemble(mean, trees);
  }

  private FittedEnsemble boost(JavaRDD<Double> labels) {
    double mean = mean(labels);
    JavaRDD<Double> residuals = labels.map(label -> label - mean);
    JavaRDD<Double> previous = residuals;
    List<Tree> trees = new ArrayList<>();
    for (int round = 1; round <= recipe.trees(); round++) {
      residuals.persist(StorageLevel.MEMORY_AND_DISK());
      if (round % CHECKPOINT_ROUNDS == 0) {
        setCheckpointFolder(residuals.context());
        residuals.checkpoint();
      }
      Node root = examples.tree(residuals, recipe.seed() + round);
      trees.add(MlTrees.of(root, recipe.learningRate()));
      // The residuals of this round are in memory since the fit; those before them are not needed.
      previous.unpersist(false);
      previous = residuals;
      residuals = examples.residuals(previous, root, recipe.learningRate());
    }
    previous.unpersist(false);
    return new FittedEnsemble(mean, trees);
  }

  /**
   * Returns the mean label; the partitions are added in their order, so that it is always equal.
   */
  private static double mean(JavaRDD<Double> labels) {
    List<double[]> parts =
        labels.mapPartitions(part -> List.of(sumAndCount(part)).iterator()).collect();
    double sum = parts.stream().mapToDouble(part -> part[0]).sum();
    return sum / parts.stream().mapToDouble(part -> part[1]).sum();
  }

  private static double[] sumAndCount(Iterator<Double> part) {
    double[] both = new double[2];
    part.forEachRemaining(
        label -> {
          both[0] += label;
          both[1]++;
        });
    return both;
  }

  /**
   * Sets the folder of the session's checkpoints, if it has none: in the file system of the
   * cluster, and deleted when it ends.
   */
  private static void setCheckpointFolder(SparkContext spark) {
    if (spark.getCheckpointDir().isEmpty()) {
      try {
        FileSystem files = FileSystem.get(spark.hadoopConfiguration());
        Path folder = new Path("/tmp/trendflow-checkpoints-" + spark.applicationId());
        files.mkdirs(folder);
        files.deleteOnExit(folder);
        spark.setCheckpointDir(files.makeQualified(folder).toString());
      } catch (IOException e) {
        throw new UncheckedIOException("the folder for checkpoints cannot be created", e);
      }
    }
  }
}
