package io.trendflow.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trendflow.model.FeatureEncoder;
import io.trendflow.model.PredictionCalibration;
import io.trendflow.model.TrendModel;
import io.trendflow.testing.SharedSpark;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedSpark.class)
class TrainerTest {
  private static final LocalDate ORIGIN = LocalDate.parse("2024-04-27");
  private static final List<LocalDate> CUTOFFS = TrainingCutoffs.of(ORIGIN, Shop.HORIZON, 3, 1);

  @Test
  void labelsThatWereNotKnownByThenChangeNothing(SparkSession spark) {
    LocalDate unfinished = ORIGIN.minusDays(21);
    List<LocalDate> cutoffs = new ArrayList<>(CUTOFFS);
    cutoffs.add(unfinished);
    Shop shop = new Shop(1).with("uk", 100, cutoffs);
    List<LocalDate> knownBy = List.of(ORIGIN, ORIGIN.plusDays(28));
    TrendModel model = train(shop.data(spark, knownBy));

    shop.labels.replaceAll(label -> label.cutoff().equals(unfinished) ? poisoned(label) : label);
    TrainingData poisoned = shop.data(spark, knownBy);
    assertThat(train(poisoned)).usingRecursiveComparison().isEqualTo(model);
    assertThat(train(leaky(spark, shop, unfinished))).usingRecursiveComparison().isEqualTo(model);

    LocalDate known = CUTOFFS.get(0);
    shop.labels.replaceAll(label -> label.cutoff().equals(known) ? poisoned(label) : label);
    assertThat(predictions(train(shop.data(spark, knownBy))))
        .as("a known label counts")
        .isNotEqualTo(predictions(model));
  }

  @Test
  void aModelTellsWhereItComesFrom(SparkSession spark) {
    TrendModel model = train(new Shop(1).with("uk", 100, CUTOFFS).data(spark, List.of(ORIGIN)));
    assertThat(model.provenance().trainingCutoffs()).isEqualTo(CUTOFFS);
    assertThat(model.provenance().examples()).isEqualTo(300);
    assertThat(model.provenance().recipeId()).isEqualTo(Shop.recipe().recipeId(Shop.FEATURES));
    assertThat(model.modelId())
        .isEqualTo(Trainer.modelId(model.provenance().recipeId(), ORIGIN, Shop.lineage()));
    assertThat(model.trees()).hasSize(5);
  }

  @Test
  void tooFewExamplesAreRefused(SparkSession spark) {
    TrainingData data = new Shop(1).with("uk", 33, CUTOFFS).data(spark, List.of(ORIGIN));
    assertThatThrownBy(() -> train(data))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("only 99 examples have a label known at 2024-04-27");
  }

  @Test
  void aLaunchIsOneExampleTheLastBeforeIt(SparkSession spark) {
    LocalDate launch = CUTOFFS.get(2).minusDays(3);
    Shop shop =
        new Shop(1)
            .withLaunch("new", launch, CUTOFFS.subList(0, 2))
            .withLaunch("too late", ORIGIN.minusDays(20), CUTOFFS)
            .with("uk", 2, CUTOFFS);
    Dataset<Row> examples =
        TrainingExamples.knownAt(shop.data(spark, List.of(ORIGIN)), Shop.recipe(), ORIGIN);
    assertThat(examples.filter("product_id = 'new'").collectAsList())
        .extracting(row -> row.<LocalDate>getAs("cutoff"))
        .containsExactly(CUTOFFS.get(1));
    assertThat(examples.filter("product_id = 'too late'").count()).isZero();
    assertThat(examples.count()).isEqualTo(7);
  }

  @Test
  void rareCategoriesAreOtherAndTheMostFrequentComeFirst(SparkSession spark) {
    Dataset<Row> examples =
        spark
            .range(100)
            .selectExpr(
                "if(id < 19, 'rare', if(id < 39, 'b', if(id < 59, 'a', if(id < 99, 'c', null))))"
                    + " as kind_of_product");
    assertThat(CategoryFit.fit(examples, Shop.FEATURES.subList(2, 3), 60).get(0).categories())
        .containsExactly("c", "a", "b");
    assertThat(CategoryFit.fit(examples, Shop.FEATURES.subList(2, 3), 2).get(0).categories())
        .containsExactly("c", "a");
  }

  /** Returns data whose labels claim to have been known at the origin before they were. */
  private static TrainingData leaky(SparkSession spark, Shop shop, LocalDate unfinished) {
    TrainingData data = shop.data(spark, List.of(ORIGIN));
    List<Row> early =
        shop.labels.stream()
            .filter(label -> label.cutoff().equals(unfinished))
            .map(label -> Shop.row(label, ORIGIN))
            .toList();
    Dataset<Row> labels =
        data.labels().unionByName(spark.createDataFrame(early, data.labels().schema()));
    return new TrainingData(data.featureRows(), labels, data.features());
  }

  private static Shop.Label poisoned(Shop.Label label) {
    return label.with(1000 - label.units());
  }

  private static TrendModel train(TrainingData data) {
    return Trainer.train(
        data, Shop.recipe(), ORIGIN, PredictionCalibration.unknown(), List.of(), Shop.lineage());
  }

  private static List<Double> predictions(TrendModel model) {
    FeatureEncoder encoder = model.encoder();
    return IntStream.range(0, 40)
        .mapToObj(i -> model.predict(encoder.encode(Arrays.asList(i / 10.0, 0.0, "mug", 0.5))))
        .toList();
  }
}
