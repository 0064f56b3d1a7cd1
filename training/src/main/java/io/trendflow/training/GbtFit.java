package io.trendflow.training;

import io.trendflow.model.InputFeature;
import java.util.List;
import org.apache.spark.ml.regression.GBTRegressionModel;
import org.apache.spark.ml.regression.GBTRegressor;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Fits MLlib's gradient-boosted trees. */
final class GbtFit {
  private static final int MAX_MEMORY_MB = 512;

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

  static GBTRegressionModel model(Dataset<Row> vectors, List<InputFeature> inputs, Recipe recipe) {
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
