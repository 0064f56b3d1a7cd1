package io.trendflow.jobs;

import static java.util.Objects.requireNonNull;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trendflow.examples.DemandEpisode;
import io.trendflow.examples.PlantedDirt;
import io.trendflow.examples.RetailSettings;
import io.trendflow.features.FeatureRows;
import io.trendflow.features.SourceTables;
import io.trendflow.jobs.command.JobContext;
import io.trendflow.model.Explainer;
import io.trendflow.model.FeatureEncoder;
import io.trendflow.model.MeanTrees;
import io.trendflow.model.TrendModel;
import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableLayout;
import io.trendflow.scoring.Scorer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the jobs from raw files to an API response, on an invented shop whose truth is known. */
class PipelineIT {
  private static final Path PYTHON = Path.of("../.venv/bin/python");
  private static final Path RECOMPUTE = Path.of("src/test/python/recompute_backtest.py");
  private static final Path REPLAY = Path.of("src/test/python/replay_orders.py");
  private static final Path GOLDEN = Path.of("src/test/resources/golden/recommendations.json");
  private static final LocalDate END = LocalDate.parse("2026-06-30");

  // A whole training, but with fewer fits than the default and the faster kind of trees.
  private static final String[] RECIPE = {
    "train.kind=xgboost", "train.cutoffs=26", "train.origins=[2026-02-10,2026-04-07,2026-06-02]"
  };

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static SampleShop shop;

  @SuppressWarnings("NullAway.Init")
  private static JobContext context;

  @SuppressWarnings("NullAway.Init")
  private static Ingest.Result ingest;

  @SuppressWarnings("NullAway.Init")
  private static Train.Result train;

  @SuppressWarnings("NullAway.Init")
  private static Score.Result score;

  @BeforeAll
  static void runAllJobs(@TempDir Path folder) throws IOException {
    shop = SampleShop.generate(folder, RetailSettings.defaults());
    context = shop.context(RECIPE);
    Pipeline.Result run = Pipeline.run(context, false);
    ingest = run.ingest();
    train = run.train();
    score = run.score();
  }

  @Test
  void everyRecordIsAccountedFor() {
    Row row = context.store().read(Table.INGESTS).first();
    assertThat(ingest.read()).isEqualTo(ingest.accepted() + ingest.excluded() + ingest.rejected());
    assertThat(context.store().read(Table.REJECTS).count()).isEqualTo(ingest.rejected());
    assertThat(row.getList(row.fieldIndex("files")).size()).isGreaterThan(20);
    long planted = shop.truth().dirt().stream().mapToLong(PlantedDirt::records).sum();
    assertThat(ingest.rejected()).isBetween(1L, planted);
  }

  @Test
  void theModelIsPromotedAndScoresTheLastDay() {
    assertThat(train.promoted()).as(train.reason()).isTrue();
    assertThat(score.asOf()).isEqualTo(END);
    assertThat(score.modelId()).isEqualTo(train.modelId());
    assertThat(score.degradedReasons()).isEmpty();
    Dataset<Row> scores = context.store().read(Table.SCORES, score.runId());
    assertThat(scores.count()).isEqualTo(score.scoredRows()).isGreaterThan(400);
    assertThat(scores.filter("not (lower_units <= median_units and median_units <= upper_units)"))
        .extracting(Dataset::count)
        .isEqualTo(0L);
    assertThat(
            scores
                .filter(
                    "array_sort(array(units_q05, units_q10, units_q25, units_q50, units_q75, units_q90, units_q95)) <> array(units_q05, units_q10, units_q25, units_q50, units_q75, units_q90, units_q95)")
                .count())
        .isZero();
    assertThat(scores.filter("not (chance between 0 and 1) or state is null").count()).isZero();
    assertThat(scores.select("state").distinct().count()).isGreaterThan(1);
    assertThat(
            scores.filter("abs(uplift_units - (expected_units - baseline_units)) > 1e-9").count())
        .isZero();
    assertThat(scores.filter(col("lifecycle").equalTo("launch")).count()).isPositive();
  }

  @Test
  void aSecondRunChangesNothing() throws IOException {
    List<String> before = shop.files();
    JobContext again = shop.context(RECIPE);
    Pipeline.Result second = Pipeline.run(again, false);
    assertThat(second.ingest().alreadyDone()).isTrue();
    assertThat(second.train().alreadyDone()).isTrue();
    assertThat(second.score().alreadyDone()).isTrue();
    assertThat(shop.files()).isEqualTo(before);
  }

  @Test
  void aPastDayIsScoredOnlyByAModelOfItsTime() {
    LocalDate past = END.minusDays(30);
    Score.Result baseline = Score.run(context, Optional.of(past), false, false);
    assertThat(baseline.modelId()).isNull();
    assertThat(baseline.degradedReasons()).hasSize(1);
    Score.Result hindsight = Score.run(context, Optional.of(past), true, false);
    assertThat(hindsight.modelId()).isEqualTo(train.modelId());
    Row run = context.store().read(Table.RUNS, hindsight.runId()).first();
    assertThat(run.<Boolean>getAs("hindsight")).isTrue();
  }

  @Test
  void staleSalesAreRefused() {
    assertThatThrownBy(() -> Score.run(context, Optional.of(END.plusDays(3)), false, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Sales end on 2026-06-30, 3 days before 2026-07-03");
  }

  /** The winners' sales show nothing yet: only their trends do. */
  @Test
  void theModelFindsThePlantedLeadAndOnlyByTheTrends() {
    Set<String> winners = winners();
    double found = meanPotential(context.store().read(Table.SCORES, score.runId()), winners);
    double shuffled = meanPotential(scoresWithShuffledTrends(), winners);
    assertThat(winners).hasSizeGreaterThan(8);
    assertThat(found).as("mean potential of the winners; by chance 50").isGreaterThan(70);
    assertThat(shuffled).as("the same with shuffled trends").isLessThan(found - 10);
  }

  @Test
  void thePlantedLeadStandsInTheReasonsOfTheWinnersAndDecoysDoNot() {
    Set<String> winners = winners();
    List<Row> scores = context.store().read(Table.SCORES, score.runId()).collectAsList();
    assertThat(raisedByTrends(scores, row -> winners.contains(key(row)), 5))
        .as("winners that a trend raises, by their reasons")
        .isGreaterThan(0.6);
    assertThat(raisedByTrends(scores, row -> !winners.contains(key(row)), 1))
        .as("others of which it is the main reason")
        .isLessThan(0.1);
    Set<String> decoys = new HashSet<>();
    shop.truth().decoys().forEach(decoy -> decoys.add(decoy.keyword()));
    assertThat(
            context
                .store()
                .read(Table.PRODUCT_KEYWORDS, score.runId())
                .filter(col("keyword").isin(decoys.toArray()))
                .filter(col("confidence").geq(context.config().features().keywordConfidence()))
                .count())
        .isZero();
  }

  // Share of some scores that have a trend among the first reasons that raise them.
  private static double raisedByTrends(List<Row> scores, Predicate<Row> which, int first) {
    return scores.stream()
        .filter(which)
        .mapToDouble(
            row ->
                row.<Row>getList(row.fieldIndex("reasons")).stream()
                        .limit(first)
                        .anyMatch(
                            reason ->
                                reason.<String>getAs("feature").startsWith("trend_")
                                    && reason.<Double>getAs("contribution") > 0)
                    ? 1
                    : 0)
        .average()
        .orElseThrow();
  }

  private static Set<String> winners() {
    Set<String> winners = new HashSet<>();
    for (DemandEpisode episode : shop.truth().winners()) {
      winners.add(episode.market() + " " + episode.productId());
    }
    return winners;
  }

  private static double meanPotential(Dataset<Row> scores, Set<String> winners) {
    return scores.select("market", "product_id", "potential").collectAsList().stream()
        .filter(row -> winners.contains(row.getString(0) + " " + row.getString(1)))
        .mapToDouble(row -> row.getDouble(2))
        .average()
        .orElseThrow();
  }

  @Test
  void theContributionsToEveryPredictionAddUp() {
    TrendModel model = ChampionModel.at(context, END, false).orElseThrow();
    FeatureEncoder encoder = model.encoder();
    Explainer explainer = model.explainer();
    TableSnapshot snapshot = TableSnapshot.of(context);
    Dataset<Row> rows = featureRows(snapshot, snapshot.tables());
    for (Row row : Scorer.unshrunk(rows, Map.of(END, model)).collectAsList()) {
      List<@Nullable Object> values = new ArrayList<>();
      model.features().forEach(feature -> values.add(row.getAs(feature.name())));
      double[] encoded = encoder.encode(values);
      double baseline = row.<Double>getAs("baseline_units");
      MeanTrees mean = requireNonNull(model.meanTrees());
      double logMean =
          mean.baseValue()
              + Math.log1p(baseline)
              + mean.trees().stream().mapToDouble(tree -> tree.predict(encoded)).sum();
      double explained =
          (1 - mean.share()) * row.<Double>getAs("raw_prediction") + mean.share() * logMean;
      double sum = Arrays.stream(explainer.contributions(encoded)).sum();
      assertThat(explainer.baseValue(baseline) + sum).isCloseTo(explained, within(1e-9));
    }
  }

  @Test
  void theFamiliesOfEveryScoreLeadFromItsBaselineToItsExpectedUnits() {
    for (Row row : context.store().read(Table.SCORES, score.runId()).collectAsList()) {
      double expected = row.<Double>getAs("expected_units");
      double baseline = row.<Double>getAs("baseline_units");
      assertThat(sum(row, "contribution"))
          .isCloseTo(Math.log((1 + expected) / (1 + baseline)), within(1e-9));
      assertThat(sum(row, "units")).isCloseTo(expected - baseline, within(1e-9 * (1 + expected)));
    }
  }

  private static double sum(Row score, String field) {
    return score.<Row>getList(score.fieldIndex("families")).stream()
        .mapToDouble(family -> family.<Double>getAs(field))
        .sum();
  }

  @Test
  void everyMainReasonPointsTheWayOfItsScoreAndNoReasonIsMissing() {
    List<Row> scores = context.store().read(Table.SCORES, score.runId()).collectAsList();
    long explained = 0;
    for (Row row : scores) {
      List<Row> reasons = row.getList(row.fieldIndex("reasons"));
      for (Row reason : reasons) {
        assertThat(reason.isNullAt(reason.fieldIndex("value")))
            .as("%s of %s has a value or a category", reason, key(row))
            .isNotEqualTo(reason.isNullAt(reason.fieldIndex("category")));
        assertThat(reason.isNullAt(reason.fieldIndex("keyword")))
            .as("%s of %s names its keyword if it is a trend", reason, key(row))
            .isNotEqualTo(reason.<String>getAs("feature").startsWith("trend_"));
      }
      if (!reasons.isEmpty()) {
        explained++;
        assertThat(reasons.get(0).<Double>getAs("contribution") * row.<Double>getAs("uplift_units"))
            .as("%s of %s", reasons.get(0), key(row))
            .isPositive();
      }
    }
    assertThat(explained).as("scores with a reason").isGreaterThan(scores.size() * 9 / 10);
  }

  private static String key(Row row) {
    return row.getAs("market") + " " + row.getAs("product_id");
  }

  private static Dataset<Row> featureRows(TableSnapshot snapshot, SourceTables tables) {
    return FeatureRows.at(tables, List.of(END), snapshot.settings()).rows();
  }

  private static Dataset<Row> scoresWithShuffledTrends() {
    TableSnapshot snapshot = TableSnapshot.of(context);
    Dataset<Row> signals = snapshot.tables().signals();
    List<String> keywords = new ArrayList<>();
    signals.select("keyword").distinct().collectAsList().forEach(r -> keywords.add(r.getString(0)));
    Collections.sort(keywords);
    List<String> others = new ArrayList<>(keywords);
    Collections.shuffle(others, new Random(1));
    Map<String, String> other = new HashMap<>();
    for (int i = 0; i < keywords.size(); i++) {
      other.put(keywords.get(i), others.get(i));
    }
    UDF1<String, String> swap = other::get;
    Dataset<Row> shuffled =
        signals.withColumn(
            "keyword", functions.udf(swap, DataTypes.StringType).apply(col("keyword")));
    SourceTables tables =
        new SourceTables(
            snapshot.tables().sales(), snapshot.tables().catalog(), shuffled, Map.of());
    TrendModel model = ChampionModel.at(context, END, false).orElseThrow();
    Dataset<Row> rows = featureRows(snapshot, tables);
    return Scorer.score(rows, model, context.config().score().lifecycles(), Optional.empty());
  }

  @Test
  void everyMetricCanBeRecomputedFromTheTablesAndTheRawFiles() throws Exception {
    Path sales = shop.folder().resolve("sales.sql");
    Files.writeString(
        sales,
        """
        select market, upper(trim(sku)) as product_id,
               cast(ordered_at as date) as day, cast(quantity as double) as units
        from (select distinct * from read_csv('%s/raw/orders/*.csv.gz', all_varchar = true,
              ignore_errors = true, header = true, delim = ',', quote = '"', escape = '"'))
        where try_cast(ordered_at as timestamp) is not null
          and try_cast(quantity as double) is not null and try_cast(unit_price as double) > 0
        """
            .formatted(shop.folder()));
    assertThat(recompute(shop.store(), sales)).isZero();
    Path tampered = shop.folder().resolve("tampered.sql");
    Files.writeString(
        tampered,
        "select market, product_id, day, units * 1.1 as units from ("
            + Files.readString(sales)
            + ")");
    assertThat(recompute(shop.store(), tampered)).isEqualTo(1);
  }

  private static int recompute(Path store, Path sales) throws Exception {
    assertThat(PYTHON).as("run the tests by `make test`, which installs it").exists();
    Process process =
        new ProcessBuilder(
                PYTHON.toString(), RECOMPUTE.toString(), store.toString(), sales.toString())
            .inheritIO()
            .start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    return process.exitValue();
  }

  /** The script allows for the chance in the shop's three origins. */
  @Test
  void ordersByQuantilesEarnMoreThanOtherOrders() throws Exception {
    assertThat(PYTHON).as("run the tests by `make test`, which installs it").exists();
    Process process =
        new ProcessBuilder(PYTHON.toString(), REPLAY.toString(), shop.store().toString(), "0")
            .inheritIO()
            .start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  @Test
  void theApiAnswersWhatWasScored() throws Exception {
    try (ServedStore served = ServedStore.start(shop.store())) {
      JsonNode answer = served.get("/api/v1/recommendations?limit=5");
      assertThat(answer.path("run_id").asText()).isEqualTo(score.runId());
      String product = answer.path("items").path(0).path("product_id").asText();
      JsonNode detail = served.get("/api/v1/products/" + product);
      assertThat(detail.toString()).contains(product);
      String golden = golden(answer);
      if (Boolean.parseBoolean(System.getenv("TRENDFLOW_UPDATE_DOCS"))) {
        Files.createDirectories(GOLDEN.getParent());
        Files.writeString(GOLDEN, golden);
      }
      JsonNode expected = new ObjectMapper().readTree(GOLDEN.toFile());
      assertThat(new ObjectMapper().readTree(golden).equals(PipelineIT::close, expected))
          .as("run `make docs` if the change is meant; the response is now%n%s", golden)
          .isTrue();
    }
  }

  // Ids, times and the cursor, which contains an id, are removed from the response.
  private static String golden(JsonNode answer) throws IOException {
    ObjectNode copy = answer.deepCopy();
    copy.remove(List.of("run_id", "model_id", "published_at", "next_cursor"));
    copy.path("items").forEach(item -> ((ObjectNode) item).remove(List.of("run_id", "model_id")));
    return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(copy) + "\n";
  }

  // The last digits may differ, because sums over many rows are added in no fixed order.
  private static int close(JsonNode a, JsonNode b) {
    if (!a.isNumber() || !b.isNumber()) {
      return a.equals(b) ? 0 : 1;
    }
    double allowed = 1e-3 * Math.max(1, Math.abs(b.doubleValue()));
    return Math.abs(a.doubleValue() - b.doubleValue()) <= allowed ? 0 : 1;
  }

  @Test
  void aBatchWithoutItsCommitIsNotServed() throws Exception {
    Path runs = shop.store().resolve(TableLayout.folder(Table.RUNS));
    Path hidden = Files.createDirectories(shop.folder().resolve("hidden"));
    List<Path> moved = new ArrayList<>();
    try (var batches = Files.list(runs)) {
      for (Path batch : batches.filter(b -> !b.endsWith(score.runId())).toList()) {
        moved.add(Files.move(batch, hidden.resolve(batch.getFileName())));
      }
    }
    Files.move(runs.resolve(score.runId()), hidden.resolve(score.runId()));
    try (ServedStore served = ServedStore.startWithoutRun(shop.store())) {
      assertThat(served.process().isAlive()).isTrue();
    } finally {
      Files.move(hidden.resolve(score.runId()), runs.resolve(score.runId()));
      for (Path batch : moved) {
        Files.move(batch, runs.resolve(batch.getFileName()));
      }
    }
  }
}
