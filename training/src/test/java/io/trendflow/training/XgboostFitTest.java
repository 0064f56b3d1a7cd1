package io.trendflow.training;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.trendflow.model.InputFeature;
import io.trendflow.model.PredictionTarget;
import io.trendflow.model.Tree;
import io.trendflow.testing.SharedSpark;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;
import ml.dmlc.xgboost4j.scala.spark.XGBoostRegressionModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedSpark.class)
class XgboostFitTest {
  private static final LocalDate CUTOFF = LocalDate.parse("2024-03-30");
  private static final LocalDate LATER = CUTOFF.plusDays(Shop.HORIZON);

  @Test
  void theModelPredictsWhatXgboostPredicts(SparkSession spark) throws IOException, XGBoostError {
    Dataset<Row> examples = examples(spark, new Shop(1).with("uk", 800, List.of(CUTOFF)));
    List<InputFeature> inputs = CategoryFit.fit(examples, Shop.FEATURES, 3);
    Dataset<Row> vectors =
        ExampleVectors.sorted(examples, 1, inputs).labelled(PredictionTarget.GROWTH);
    XGBoostRegressionModel fitted = XgboostFit.model(vectors, inputs, Shop.recipe());
    byte[] json = fitted.nativeBooster().toByteArray("json");
    FittedEnsemble ensemble = XgboostTrees.of(json, inputs);
    assertThat(ensemble.trees()).hasSize(Shop.recipe().trees());
    assertThat(fitted.nativeBooster().getModelDump((String) null, false, "text"))
        .as("splits by category and by number")
        .anyMatch(tree -> tree.contains("f2:{"))
        .anyMatch(tree -> tree.contains("[f0<"));

    Dataset<Row> fresh = examples(spark, new Shop(2).with("uk", 500, List.of(CUTOFF)));
    List<Row> predicted =
        fitted
            .transform(
                ExampleVectors.sorted(fresh.unionByName(examples), 1, inputs)
                    .labelled(PredictionTarget.GROWTH))
            .collectAsList();
    assertThat(predicted).hasSize(1300);
    for (Row row : predicted) {
      double[] encoded = row.<Vector>getAs("features").toArray();
      double ours =
          ensemble.baseValue()
              + ensemble.trees().stream().mapToDouble(tree -> tree.predict(encoded)).sum();
      assertThat(ours)
          .as(Arrays.toString(encoded))
          .isCloseTo(row.<Double>getAs("prediction"), within(1e-5));
    }
  }

  /** The booster's own prediction, with the margin of the row's baseline, is the mean label. */
  @Test
  void theTreesOfTheMeanEqualXgboostsPrediction(SparkSession spark) throws XGBoostError {
    Dataset<Row> examples = examples(spark, new Shop(1).with("uk", 800, List.of(CUTOFF)));
    List<InputFeature> inputs = CategoryFit.fit(examples, Shop.FEATURES, 3);
    ExampleVectors vectors = ExampleVectors.sorted(examples, 1, inputs);
    Dataset<Row> units =
        vectors
            .labelled(PredictionTarget.UNITS)
            .selectExpr("exp(label) AS label", "log_baseline", "features");
    XGBoostRegressionModel fitted = XgboostFit.meanModel(units, inputs, Shop.recipe());
    List<Tree> mean = XgboostFit.meanTrees(vectors, Shop.recipe());
    double labels = 0;
    double means = 0;
    for (Row row : units.collectAsList()) {
      double[] encoded = row.<Vector>getAs("features").toArray();
      double baseline = row.getAs("log_baseline");
      double log = baseline + mean.stream().mapToDouble(tree -> tree.predict(encoded)).sum();
      float[] numbers = new float[encoded.length];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = (float) encoded[i];
      }
      DMatrix matrix = new DMatrix(numbers, 1, numbers.length, Float.NaN);
      matrix.setBaseMargin(new float[] {(float) baseline});
      float margin = fitted.nativeBooster().booster().predict(matrix, true)[0][0];
      assertThat(log).isCloseTo(margin, within(1e-5));
      labels += row.<Double>getAs("label");
      means += Math.exp(log);
    }
    assertThat(means).isCloseTo(labels, withinPercentage(20));
  }

  @Test
  void theSameExamplesGiveTheSameTrees(SparkSession spark) {
    Dataset<Row> examples = examples(spark, new Shop(1).with("uk", 300, List.of(CUTOFF)));
    List<InputFeature> inputs = CategoryFit.fit(examples, Shop.FEATURES, 3);
    assertThat(ModelKind.XGBOOST.fit(examples.orderBy("noise"), 300, inputs, Shop.recipe()))
        .usingRecursiveComparison()
        .isEqualTo(ModelKind.XGBOOST.fit(examples, 300, inputs, Shop.recipe()));
  }

  @Test
  void treesThatTheRecipeLacksAreNotFitted(SparkSession spark) {
    Dataset<Row> examples = examples(spark, new Shop(1).with("uk", 300, List.of(CUTOFF)));
    List<InputFeature> inputs = CategoryFit.fit(examples, Shop.FEATURES, 3);
    Recipe all = Shop.recipe(ModelKind.XGBOOST, PredictionTarget.BOTH);
    FittedParts fitted = ModelKind.XGBOOST.fit(examples, 300, inputs, all);
    assertThat(fitted.ensembles()).hasSize(2);
    assertThat(fitted.mean()).isNotNull();
    Recipe units =
        requireNonNull(
            requireNonNull(all.withoutEachPart().get(EnsemblePart.MEAN))
                .withoutEachPart()
                .get(EnsemblePart.GROWTH));
    FittedParts less = ModelKind.XGBOOST.fit(examples, 300, inputs, units);
    assertThat(less.mean()).isNull();
    assertThat(less.ensembles())
        .usingRecursiveComparison()
        .isEqualTo(List.of(fitted.of(PredictionTarget.UNITS)));
  }

  private static Dataset<Row> examples(SparkSession spark, Shop shop) {
    return TrainingExamples.knownAt(shop.data(spark, List.of(LATER)), Shop.recipe(), LATER);
  }
}
