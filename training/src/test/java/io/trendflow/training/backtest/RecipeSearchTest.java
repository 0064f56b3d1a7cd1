package io.trendflow.training.backtest;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trendflow.model.PredictionCalibration;
import io.trendflow.model.TrendModel;
import io.trendflow.scoring.Scorer;
import io.trendflow.testing.SharedSpark;
import io.trendflow.training.ModelKind;
import io.trendflow.training.Recipe;
import io.trendflow.training.Shop;
import io.trendflow.training.Trainer;
import io.trendflow.training.TrainingData;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedSpark.class)
class RecipeSearchTest {
  private static final LocalDate AS_OF = LocalDate.parse("2024-06-30");
  private static final BacktestPlan PLAN =
      new BacktestPlan(
          List.of(
              AS_OF.minusDays(3 * Shop.HORIZON),
              AS_OF.minusDays(2 * Shop.HORIZON),
              AS_OF.minusDays(Shop.HORIZON)),
          AS_OF,
          Shop.HORIZON,
          10,
          1,
          LocalDate.parse("2023-10-01"));

  private static final Set<LocalDate> KNOWN_BY = PLAN.labelCutoffs(true).keySet();

  /** Recipe that overfits within a few trees. */
  private static final Recipe GREEDY =
      new Recipe(
          ModelKind.GBT,
          Shop.recipe().target(),
          true,
          Shop.HORIZON,
          Shop.recipe().lifecycles(),
          10,
          1,
          6,
          4,
          1,
          1,
          1,
          1,
          32,
          20,
          1);

  @Test
  void theRecipeStopsAtTheTreeThatWasBestInTheWeeksAfterItsFitsAndKnowsNothingLater(
      SparkSession spark) {
    Shop shop = shop();
    TrainingData data = shop.data(spark, KNOWN_BY);
    List<String> lines = new ArrayList<>();
    Recipe found = search(data, Duration.ZERO, lines);
    assertThat(found).isEqualTo(GREEDY.withTrees(found.trees()));
    assertThat(found.trees()).isLessThan(GREEDY.trees());
    double best = wape(shop, data, found);
    assertThat(lines)
        .singleElement()
        .asString()
        .contains("trees %d,".formatted(found.trees()))
        .contains(String.format(Locale.ROOT, "WAPE %.3f", best));
    assertThat(wape(shop, data, GREEDY)).isGreaterThan(best);
    TrainingData poisoned = poisonedAfterTheFirstOrigin(shop).data(spark, KNOWN_BY);
    assertThat(search(poisoned, Duration.ZERO, new ArrayList<>())).isEqualTo(found);
  }

  private static Shop poisonedAfterTheFirstOrigin(Shop shop) {
    Instant end = Instant.parse(PLAN.origins().get(0).plusDays(1) + "T00:00:00Z");
    shop.labels.replaceAll(label -> label.knownAt().isAfter(end) ? label.with(1e6) : label);
    return shop;
  }

  @Test
  void candidatesAreDrawnUntilTheBudgetIsSpentAndTheBestIsTaken(SparkSession spark) {
    TrainingData data = shop().data(spark, KNOWN_BY);
    List<String> lines = new ArrayList<>();
    Recipe found = search(data, Duration.ofMinutes(5), lines);
    assertThat(lines).hasSize(2);
    String best =
        lines.stream().filter(line -> line.endsWith("best so far")).reduce((a, b) -> b).get();
    double wape = wape(best);
    assertThat(lines).allMatch(line -> wape(line) >= wape);
    assertThat(best)
        .contains("trees %d, depth %d,".formatted(found.trees(), found.depth()))
        .contains("learning_rate %s,".formatted(found.learningRate()));
  }

  @Test
  void marketsWeighTheSameAndThoseWithoutSalesDoNotCount(SparkSession spark) {
    Shop shop =
        shop().with("fr", 30, PLAN.featureCutoffs(true)).with("de", 30, PLAN.featureCutoffs(true));
    shop.labels.replaceAll(label -> label.market().equals("de") ? label.with(0) : label);
    TrainingData data = shop.data(spark, KNOWN_BY);
    List<String> lines = new ArrayList<>();
    Recipe found = search(data, Duration.ZERO, lines);
    assertThat(lines)
        .singleElement()
        .asString()
        .contains(String.format(Locale.ROOT, "WAPE %.3f", wape(shop, data, found)));
  }

  @Test
  void whereNothingIsSoldAfterTheFitsNoRecipeIsBetter(SparkSession spark) {
    Shop shop = shop();
    shop.labels.replaceAll(
        label -> PLAN.searchOrigins().contains(label.cutoff()) ? label.with(0) : label);
    TrainingData data = shop.data(spark, KNOWN_BY);
    assertThatThrownBy(() -> search(data, Duration.ZERO, new ArrayList<>()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "search.minutes is set, but nothing was sold in the 28 days after [2024-02-11,");
  }

  @Test
  void withoutRoomBeforeTheFirstOriginItIsRefused(SparkSession spark) {
    BacktestPlan young =
        new BacktestPlan(
            PLAN.origins(), AS_OF, Shop.HORIZON, 10, 1, PLAN.origins().get(0).minusDays(30));
    assertThatThrownBy(
            () ->
                RecipeSearch.run(
                    shop().data(spark, List.of()),
                    GREEDY,
                    young,
                    Duration.ZERO,
                    InstantSource.system(),
                    Shop.lineage(),
                    line -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is too little history before 2024-04-07");
  }

  private static Shop shop() {
    return new Shop(6).with("uk", 60, PLAN.featureCutoffs(true));
  }

  /** Searches on a clock that advances by a minute at each reading. */
  private static Recipe search(TrainingData data, Duration budget, List<String> lines) {
    Instant[] now = {Instant.EPOCH};
    InstantSource clock = () -> now[0] = now[0].plusSeconds(60);
    return RecipeSearch.run(data, GREEDY, PLAN, budget, clock, Shop.lineage(), lines::add);
  }

  private static double wape(String line) {
    return Double.parseDouble(line.replaceFirst(".*WAPE ", "").replaceFirst(",.*", ""));
  }

  /** Mean over the origins of a search and the markets that sold, by fits of the recipe as is. */
  private static double wape(Shop shop, TrainingData data, Recipe recipe) {
    Map<String, Double> actual = new HashMap<>();
    shop.labels.forEach(
        label ->
            actual.put(
                label.cutoff() + " " + label.market() + " " + label.product(), label.units()));
    List<Double> groups = new ArrayList<>();
    for (LocalDate day : PLAN.searchOrigins()) {
      TrendModel model =
          Trainer.train(
              data, recipe, day, PredictionCalibration.unknown(), List.of(), Shop.lineage());
      Map<String, Double> errors = new HashMap<>();
      Map<String, Double> units = new HashMap<>();
      for (Row row :
          Scorer.unshrunk(
                  data.featureRows().filter("cutoff = date'%s'".formatted(day)), Map.of(day, model))
              .select("market", "product_id", "median_units")
              .collectAsList()) {
        String market = row.getString(0);
        double sold = requireNonNull(actual.get(day + " " + market + " " + row.getString(1)));
        errors.merge(market, Math.abs(row.getDouble(2) - sold), Double::sum);
        units.merge(market, sold, Double::sum);
      }
      units.forEach(
          (market, sum) -> {
            if (sum > 0) {
              groups.add(requireNonNull(errors.get(market)) / sum);
            }
          });
    }
    return groups.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }
}
