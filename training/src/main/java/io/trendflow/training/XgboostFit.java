package io.trendflow.training;

import io.trendflow.model.InputFeature;
import java.io.IOException;
import java.util.List;
import ml.dmlc.xgboost4j.java.XGBoostError;
import ml.dmlc.xgboost4j.scala.spark.XGBoostRegressionModel;
import ml.dmlc.xgboost4j.scala.spark.XGBoostRegressor;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Fits XGBoost's trees (Chen and Guestrin, XGBoost: A Scalable Tree Boosting System, 2016). */
final class XgboostFit {
  private XgboostFit() {}

  /**
   * Fits the recipe's trees.
   *
   * @throws NoClassDefFoundError if XGBoost's jar is missing
   */
  static FittedEnsemble fit(Dataset<Row> vectors, List<InputFeature> inputs, Recipe recipe) {
    try {
      byte[] json = model(vectors, inputs, recipe).nativeBooster().toByteArray("json");
      return XgboostTrees.of(json, inputs);
    } catch (XGBoostError | IOException e) {
      throw new IllegalStateException("XGBoost's model cannot be read: " + e.getMessage(), e);
    }
  }

  static XGBoostRegressionModel model(
      Dataset<Row> vectors, List<InputFeature> inputs, Recipe recipe) {
    XGBoostRegressor regressor = new XGBoostRegressor();
    regressor.setLabelCol("label");
    regressor.setFeaturesCol("features");
    regressor.setNumWorkers(vectors.rdd().getNumPartitions());
    regressor.setNthread(1);
    regressor.setTreeMethod("hist");
    regressor.setMaxBins(recipe.bins());
    regressor.setNumRound(recipe.trees());
    regressor.setMaxDepth(recipe.depth());
    regressor.setEta(recipe.learningRate());
    regressor.setMinChildWeight(recipe.minInstances());
    regressor.setSubsample(recipe.subsample());
    regressor.setColsampleBynode(recipe.featureFraction());
    regressor.setSeed(recipe.seed());
    regressor.setFeatureTypes(inputs.stream().map(XgboostFit::type).toArray(String[]::new));
    return regressor.fit(vectors);
  }

  private static String type(InputFeature input) {
    return input.kind() == InputFeature.Kind.CATEGORICAL ? "c" : "q";
  }
}
