package io.trendflow.training;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.exp;

import io.trendflow.model.InputFeature;
import io.trendflow.model.MeanTrees;
import io.trendflow.model.PredictionTarget;
import io.trendflow.model.Tree;
import java.io.IOException;
import java.util.List;
import ml.dmlc.xgboost4j.java.XGBoostError;
import ml.dmlc.xgboost4j.scala.spark.XGBoostRegressionModel;
import ml.dmlc.xgboost4j.scala.spark.XGBoostRegressor;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Fits XGBoost's trees (Chen and Guestrin, XGBoost: A Scalable Tree Boosting System, 2016). */
final class XgboostFit {
  /** Halfway between a Poisson (1) and a gamma distribution (2). */
  private static final double VARIANCE_POWER = 1.5;

  /** Share of the mean's own trees in the expected units; a quarter won on past data (ADR 20). */
  private static final double MEAN_SHARE = 0.25;

  private XgboostFit() {}

  /**
   * Fits the trees of every part of the recipe's target by squared error, and as many of the mean
   * if the recipe has them.
   *
   * @throws NoClassDefFoundError if XGBoost's jar is missing
   */
  static FittedParts fit(ExampleVectors vectors, Recipe recipe) {
    List<InputFeature> inputs = vectors.inputs();
    List<FittedEnsemble> parts =
        recipe.target().parts().stream()
            .map(part -> trees(model(vectors.labelled(part), inputs, recipe), inputs))
            .toList();
    MeanTrees mean =
        recipe.meanTrees() ? new MeanTrees(MEAN_SHARE, 0, meanTrees(vectors, recipe)) : null;
    return new FittedParts(recipe.target(), parts, mean);
  }

  /**
   * Fits trees of the mean by the deviance of a Tweedie distribution. Their sum and log(1 +
   * baseline_units) are the logarithm of the mean of 1 + units.
   */
  static List<Tree> meanTrees(ExampleVectors vectors, Recipe recipe) {
    List<InputFeature> inputs = vectors.inputs();
    Dataset<Row> units =
        vectors.labelled(PredictionTarget.UNITS).withColumn("label", exp(col("label")));
    return trees(meanModel(units, inputs, recipe), inputs).trees();
  }

  static XGBoostRegressionModel meanModel(
      Dataset<Row> vectors, List<InputFeature> inputs, Recipe recipe) {
    XGBoostRegressor regressor = regressor(vectors, inputs, recipe);
    regressor.setObjective("reg:tweedie");
    regressor.setTweedieVariancePower(VARIANCE_POWER);
    regressor.setBaseMarginCol("log_baseline");
    return regressor.fit(vectors);
  }

  private static FittedEnsemble trees(XGBoostRegressionModel model, List<InputFeature> inputs) {
    try {
      return XgboostTrees.of(model.nativeBooster().toByteArray("json"), inputs);
    } catch (XGBoostError | IOException e) {
      throw new IllegalStateException("XGBoost's model cannot be read: " + e.getMessage(), e);
    }
  }

  static XGBoostRegressionModel model(
      Dataset<Row> vectors, List<InputFeature> inputs, Recipe recipe) {
    return regressor(vectors, inputs, recipe).fit(vectors);
  }

  private static XGBoostRegressor regressor(
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
    printNothing(regressor);
    return regressor;
  }

  // The library prints a line for each tree unless verbose_eval is false. Its estimator lacks this
  // parameter and Java can't extend it, so the parameter replaces verbosity, which does not silence
  // those lines.
  private static void printNothing(XGBoostRegressor regressor) {
    Param<String> verboseEval =
        new Param<>(regressor.uid(), "verbose_eval", "whether to print a line for each tree");
    Param<?>[] parameters = regressor.params();
    parameters[List.of(parameters).indexOf(regressor.verbosity())] = verboseEval;
    regressor.set(verboseEval, "false");
  }

  private static String type(InputFeature input) {
    return input.kind() == InputFeature.Kind.CATEGORICAL ? "c" : "q";
  }
}
