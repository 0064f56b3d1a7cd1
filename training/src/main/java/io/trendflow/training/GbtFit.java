package io.trendflow.training;

import io.trendflow.model.InputFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;
import org.apache.spark.ml.regression.GBTRegressionModel;
import org.apache.spark.ml.regression.GBTRegressor;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Fits MLlib's gradient-boosted trees. */
final class GbtFit {
  private static final int MAX_MEMORY_MB = 512;

  /**
   * Number of trees from which the errors are checkpointed. Each tree adds a step to their lineage,
   * whose serialization overflows the stack after several hundred.
   */
  private static final int CHECKPOINTED_TREES = 200;

  private GbtFit() {}

  /**
   * Fits the recipe's trees by several passes over the vectors. MLlib has no base value; its first
   * tree contains the mean.
   */
  static FittedEnsemble fit(Dataset<Row> vectors, List<InputFeature> inputs, Recipe recipe) {
    Dataset<Row> kept = vectors.persist(StorageLevel.MEMORY_AND_DISK());
    try {
      return new FittedEnsemble(0, MlTrees.of(model(kept, inputs, recipe)));
    } finally {
      kept.unpersist();
    }
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

  static GBTRegressionModel model(Dataset<Row> vectors, List<InputFeature> inputs, Recipe recipe) {
    if (recipe.trees() >= CHECKPOINTED_TREES) {
      setCheckpointFolder(vectors.sparkSession().sparkContext());
    }
    int categories = inputs.stream().mapToInt(ExampleVectors::arity).max().orElse(0);
    return new GBTRegressor()
        .setLabelCol("label")
        .setFeaturesCol("features")
        .setMaxIter(recipe.trees())
        .setMaxDepth(recipe.depth())
        .setStepSize(recipe.learningRate())
        .setMinInstancesPerNode(recipe.minInstances())
        .setSubsamplingRate(recipe.subsample())
        .setFeatureSubsetStrategy(Double.toString(recipe.featureFraction()))
        .setMaxBins(Math.max(recipe.bins(), categories))
        .setMaxMemoryInMB(MAX_MEMORY_MB)
        .setSeed(recipe.seed())
        .fit(vectors);
  }
}
