package io.trendflow.jobs;

import static java.util.Objects.requireNonNull;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trendflow.examples.RetailSettings;
import io.trendflow.history.DayRange;
import io.trendflow.history.EpochTimes;
import io.trendflow.history.HorizonPlan;
import io.trendflow.history.PlannedEvent;
import io.trendflow.history.PlannedInput;
import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.store.CommitRow;
import io.trendflow.model.InputFeature;
import io.trendflow.model.MeanCurves;
import io.trendflow.model.Prediction;
import io.trendflow.model.PredictionCalibration;
import io.trendflow.model.PredictionTarget;
import io.trendflow.model.Provenance;
import io.trendflow.model.Tree;
import io.trendflow.model.TrendModel;
import io.trendflow.model.whatif.SeenPlans;
import io.trendflow.model.whatif.WhatIfVerdict;
import io.trendflow.schemas.FeatureFamily;
import io.trendflow.schemas.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Scores of the baseline, by day and backfilled, before and after a run is retracted, and the
 * inputs of a model's.
 */
class ScoreTest {
  private static final LocalDate END = LocalDate.parse("2026-06-30");

  private static final List<PlannedInput> PLANNED = List.of(PlannedInput.values());

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static JobContext context;

  /** Shop with the same ingest as that of the context. */
  @SuppressWarnings("NullAway.Init") // set before all tests
  private static SampleShop unscored;

  @BeforeAll
  static void ingest(@TempDir Path folder, @TempDir Path copies) throws IOException {
    SampleShop shop =
        SampleShop.generate(folder, new RetailSettings(5, 100, 400, END).withSupply());
    shop.keepMonths(6);
    context = shop.context();
    Ingest.run(context, false);
    unscored = new SampleShop(FolderCopy.make(folder, copies.resolve("unscored")), shop.truth());
  }

  @Test
  void aBackfillIsLikeItsDaysAndARetractionChangesItsOwnRunOnly() {
    String bad = score(END.minusDays(2)).runId();
    String good = score(END.minusDays(1)).runId();
    assertBackfilled(unscored.context(), List.of(bad, good));
    assertThat(RunsCommand.retract(context, bad).retracted()).isEqualTo(bad);

    assertThat(score(END.minusDays(1)))
        .extracting(Score.Result::runId, Score.Result::alreadyDone)
        .containsExactly(good, true);

    Score.Result anew = score(END.minusDays(2));
    assertThat(anew.alreadyDone()).isFalse();
    assertThat(anew.runId()).isNotIn(bad, good);
    assertThat(score(END.minusDays(2)))
        .extracting(Score.Result::runId, Score.Result::alreadyDone)
        .containsExactly(anew.runId(), true);
    assertThat(context.store().read(Table.SCORE_INPUTS, good).isEmpty()).isTrue();
  }

  /** The service predicts a product from its row, and from what was planned under another plan. */
  @Test
  void theInputsOfAModelThatAnswersWhatIfsGiveItsScores() {
    TrendModel model = model();
    promote(model);
    String run = score(END).runId();
    Map<String, Row> scores = new HashMap<>();
    context
        .store()
        .read(Table.SCORES, run)
        .collectAsList()
        .forEach(row -> scores.put(key(row), row));
    List<Row> rows = context.store().read(Table.SCORE_INPUTS, run).collectAsList();
    assertThat(rows)
        .hasSameSizeAs(scores.keySet())
        .extracting(ScoreTest::key)
        .doesNotHaveDuplicates();
    int promoted = 0;
    for (Row row : rows) {
      Row score = requireNonNull(scores.get(key(row)));
      double[] inputs =
          row.<Double>getList(row.fieldIndex("inputs")).stream().mapToDouble(x -> x).toArray();
      Prediction predicted =
          model.predict(inputs, score.getAs("lifecycle"), score.getAs("baseline_units"));
      assertThat(predicted.median()).isEqualTo(score.<Double>getAs("median_units"));
      assertThat(predicted.expected())
          .isCloseTo(score.<Double>getAs("expected_units"), within(1e-9));
      HorizonPlan plan = plan(row, score);
      for (int i = 0; i < PLANNED.size(); i++) {
        assertThat(model.encoder().encode(i, PLANNED.get(i).of(plan)))
            .as("%s of %s", PLANNED.get(i), key(row))
            .isEqualTo(inputs[i]);
      }
      promoted += plan.promotedDays() > 0 ? 1 : 0;
    }
    assertThat(promoted).as("products with a promotion").isBetween(5, rows.size() - 5);
  }

  private static String key(Row row) {
    return row.<String>getAs("market") + " " + row.<String>getAs("product_id");
  }

  private static HorizonPlan plan(Row row, Row score) {
    List<PlannedEvent> events =
        row.<Row>getList(row.fieldIndex("planned_events")).stream()
            .map(
                event ->
                    PlannedEvent.known(
                        new DayRange(
                            EpochTimes.day(event.getAs("starts_on")),
                            EpochTimes.day(event.getAs("ends_on"))),
                        PlannedEvent.Kind.valueOf(
                            event.<String>getAs("kind").toUpperCase(Locale.ROOT)),
                        event.<Double>getAs("depth")))
            .toList();
    return new HorizonPlan(
        EpochTimes.day(score.getAs("horizon_start")),
        28,
        number(row.getAs("list_price")),
        number(row.getAs("current_price")),
        events);
  }

  private static double number(@Nullable Double value) {
    return value == null ? Double.NaN : value;
  }

  private static TrendModel model() {
    Stream<InputFeature> planned =
        PLANNED.stream()
            .map(input -> InputFeature.numeric(input.feature(), FeatureFamily.PRICE, ""));
    return new TrendModel(
        TrendModel.FORMAT_VERSION,
        "what-ifs",
        28,
        PredictionTarget.GROWTH,
        Stream.concat(
                planned, Stream.of(InputFeature.numeric("price", FeatureFamily.PRICE, "currency")))
            .toList(),
        -1e9,
        0,
        List.of(split(0, 3.5, -0.1, 0.4), split(2, -0.05, 0.2, -0.1), split(3, 10, 0.1, 0)),
        MeanCurves.uncorrected(),
        null,
        PredictionCalibration.unknown(),
        new Provenance(
            "0.1.0",
            "recipe",
            WhatIfVerdict.answered("They help.", new SeenPlans(true, 28, 0.2, null, null))
                .parameters(),
            END,
            List.of(),
            100,
            List.of(),
            1,
            List.of(),
            Instant.EPOCH),
        null);
  }

  private static Tree split(int feature, double threshold, double left, double right) {
    return new Tree(
        new int[] {feature, Tree.LEAF, Tree.LEAF},
        new double[] {threshold, 0, 0},
        new int[][] {{}, {}, {}},
        new int[] {1, -1, -1},
        new int[] {2, -1, -1},
        new double[] {0, left, right},
        new double[] {2, 1, 1});
  }

  private static void promote(TrendModel model) {
    Map<String, @Nullable Object> row = new HashMap<>();
    row.put("model_id", model.modelId());
    row.put("changed_at", Instant.parse("2026-07-01T00:00:00Z"));
    row.put("changed_on", LocalDate.parse("2026-07-01"));
    row.put("event", "promoted");
    row.put("reason", "It is good.");
    row.put("recipe_id", "recipe");
    row.put("backtest_id", "backtest");
    row.put("as_of", END);
    row.put("horizon_days", 28L);
    row.put("artifact", ModelStore.write(context.artifacts(), model));
    row.put("backtest_origins", null);
    row.put("backtest_markets", null);
    row.put("code_version", "0.1.0");
    for (String list :
        List.of("parameters", "features", "metrics", "backtest_rows", "ingest_ids")) {
      row.put(list, List.of());
    }
    context
        .store()
        .commit(Table.MODELS, "backtest", CommitRow.of(context.spark(), Table.MODELS, row));
  }

  /** Checks that a backfill, which computes both days in one pass, publishes the same runs. */
  private static void assertBackfilled(JobContext other, List<String> runs) {
    Backfill.Result backfill =
        Backfill.run(
            other, END.minusDays(2), END.minusDays(1), new Backfill.Steps(1, false, false), false);
    assertThat(backfill.scores()).extracting(Score.Result::runId).isEqualTo(runs);
    for (String run : runs) {
      for (Table table : List.of(Table.SCORES, Table.PRODUCT_KEYWORDS)) {
        assertThat(other.store().read(table, run).collectAsList())
            .as(table + " of " + run)
            .isNotEmpty()
            .containsExactlyInAnyOrderElementsOf(context.store().read(table, run).collectAsList());
      }
    }
    assertThat(rows(other, runs)).isEqualTo(rows(context, runs));
  }

  private static List<Row> rows(JobContext shop, List<String> runs) {
    return shop.store()
        .read(Table.RUNS)
        .filter(col("run_id").isin(runs.toArray()))
        .drop("published_at")
        .orderBy("as_of")
        .collectAsList();
  }

  private static Score.Result score(LocalDate day) {
    return Score.run(context, Optional.of(day), false, false);
  }
}
