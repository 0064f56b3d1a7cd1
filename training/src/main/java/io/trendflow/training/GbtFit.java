package io.trendflow.training;

import io.trendflow.model.InputFeature;
import io.trendflow.model.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.regression.RandomForestRegressionModel;
import org.apache.spark.ml.regression.RandomForestRegressor;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.storage.StorageLevel;

/**
 * Fits gradient-boosted trees by squared error (Friedman, Greedy Function Approximation, 2001) with
 * MLlib's random forests: each round fits a small forest to the residuals of the rounds before it.
 *
 * <p>MLlib's own boosting takes its first tree at full weight, which fits the noise of the training
 * cutoffs, and the trees of a round of it grow one after the other, by many short stages each. The
 * trees of a forest grow in the same stages (ADR 20).
 */
final class GbtFit {
  private static final int MAX_MEMORY_MB = 512;

  /** Number of trees of a round, whose mean is taken. */
  static final int FOREST_TREES = 4;

  /**
   * Number of rounds after which the residuals are checkpointed. Each round adds a step to their
   * lineage, whose serialization overflows the stack after several hundred.
   */
  private static final int CHECKPOINT_ROUNDS = 50;

  private GbtFit() {}

  /**
   * Fits the recipe's trees by several passes over the vectors.
   *
   * @param vectors label, log_baseline and features
   */
  static FittedEnsemble fit(Dataset<Row> vectors, List<InputFeature> inputs, Recipe recipe) {
    JavaRDD<Row> rows = vectors.toJavaRDD().persist(StorageLevel.MEMORY_AND_DISK());
    try {
      double mean = mean(rows);
      return new FittedEnsemble(mean, boost(vectors, rows, mean, inputs, recipe));
    } finally {
      rows.unpersist(false);
    }
  }

  /**
   * Returns the mean label; the partitions are added in their order, so that it is always equal.
   */
  private static double mean(JavaRDD<Row> rows) {
    List<double[]> parts = rows.mapPartitions(GbtFit::sumAndCount).collect();
    double sum = parts.stream().mapToDouble(part -> part[0]).sum();
    return sum / parts.stream().mapToDouble(part -> part[1]).sum();
  }

  private static Iterator<double[]> sumAndCount(Iterator<Row> part) {
    double[] both = new double[2];
    part.forEachRemaining(
        row -> {
          both[0] += row.getDouble(0);
          both[1]++;
        });
    return List.of(both).iterator();
  }

  private static List<Tree> boost(
      Dataset<Row> vectors,
      JavaRDD<Row> rows,
      double mean,
      List<InputFeature> inputs,
      Recipe recipe) {
    JavaRDD<Double> residuals = rows.map(row -> row.getDouble(0) - mean);
    JavaRDD<Double> previous = residuals;
    List<Tree> trees = new ArrayList<>();
    for (int round = 1; trees.size() < recipe.trees(); round++) {
      residuals.persist(StorageLevel.MEMORY_AND_DISK());
      if (round % CHECKPOINT_ROUNDS == 0) {
        setCheckpointFolder(vectors.sparkSession().sparkContext());
        residuals.checkpoint();
      }
      int size = Math.min(FOREST_TREES, recipe.trees() - trees.size());
      Dataset<Row> labelled =
          vectors
              .sparkSession()
              .createDataFrame(
                  rows.zip(residuals).map(pair -> with(pair._1(), pair._2())), vectors.schema());
      List<Tree> forest =
          MlTrees.of(forest(labelled, size, round, inputs, recipe), recipe.learningRate() / size);
      trees.addAll(forest);
      // The residuals of this round are in memory since the fit; those before them are not needed.
      previous.unpersist(false);
      previous = residuals;
      residuals = rows.zip(previous).map(pair -> pair._2() - predicted(forest, pair._1()));
    }
    previous.unpersist(false);
    return trees;
  }

  static RandomForestRegressionModel forest(
      Dataset<Row> vectors, int trees, int round, List<InputFeature> inputs, Recipe recipe) {
    int categories = inputs.stream().mapToInt(ExampleVectors::arity).max().orElse(0);
    return new RandomForestRegressor()
        .setLabelCol("label")
        .setFeaturesCol("features")
        .setNumTrees(trees)
        .setBootstrap(false)
        .setMaxDepth(recipe.depth())
        .setMinInstancesPerNode(recipe.minInstances())
        .setSubsamplingRate(recipe.subsample())
        .setFeatureSubsetStrategy(Double.toString(recipe.featureFraction()))
        .setMaxBins(Math.max(recipe.bins(), categories))
        .setMaxMemoryInMB(MAX_MEMORY_MB)
        .setSeed(recipe.seed() + round)
        .fit(vectors);
  }

  private static Row with(Row row, double label) {
    return RowFactory.create(label, row.get(1), row.get(2));
  }

  private static double predicted(List<Tree> trees, Row row) {
    return Tree.sum(0, trees, row.<Vector>getAs(2).toArray());
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
