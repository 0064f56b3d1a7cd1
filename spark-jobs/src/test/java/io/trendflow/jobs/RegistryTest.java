package io.trendflow.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.command.JobProgress;
import io.trendflow.jobs.config.JobConfig;
import io.trendflow.jobs.store.Sample;
import io.trendflow.jobs.store.SparkSchemas;
import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableLayout;
import io.trendflow.testing.SharedSpark;
import io.trendflow.training.measure.BacktestReport;
import io.trendflow.training.measure.PromotionDecision;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedSpark.class)
class RegistryTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static Path models;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private SparkSession spark;
  private JobContext context;

  @BeforeAll
  static void writeModels(@TempDir Path store) {
    models = store;
    JobContext context = contextOf(models, new ByteArrayOutputStream());
    model(context, "may", "2026-05-01", "promoted");
    model(context, "june", "2026-06-01", "promoted");
    model(context, "july", "2026-07-01", "rejected");
    model(context.ofHorizon(56), "june-56", "2026-06-01", "promoted");
  }

  @BeforeEach
  void open(SparkSession spark, @TempDir Path store) throws IOException {
    this.spark = spark;
    context = contextOf(FolderCopy.make(models, store), printed);
  }

  private static JobContext contextOf(Path store, ByteArrayOutputStream printed) {
    JobConfig config =
        JobConfig.load(
            SampleShop.CONFIG, Map.of(), List.of("store.path=" + store, "horizon_days=[28, 56]"));
    JobProgress progress =
        new JobProgress("test", new PrintStream(printed, true, StandardCharsets.UTF_8));
    return JobContext.open(SharedSpark.session(), config, progress, Clock.systemUTC());
  }

  @Test
  void aDayIsScoredByTheLatestModelOfItsTime() {
    assertThat(scores("2026-04-30")).isEmpty();
    assertThat(scores("2026-05-31")).contains("may");
    assertThat(scores("2026-12-31")).contains("june");
  }

  @Test
  void aRollbackBringsThePromotedModelBeforeBack() {
    assertThat(ModelsCommand.rollback(context))
        .isEqualTo(new ModelsCommand.Result("may", List.of("june")));
    assertThat(scores("2026-12-31")).contains("may");
    assertThat(ModelsCommand.rollback(context))
        .isEqualTo(new ModelsCommand.Result(null, List.of("may")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ModelsCommand.rollback(context))
        .withMessageStartingWith("No model is promoted");
  }

  @Test
  void aModelPromotedByHandScoresFromItsDayOn() {
    assertThat(ModelsCommand.promote(context, "july"))
        .isEqualTo(new ModelsCommand.Result("july", List.of()));
    assertThat(scores("2026-06-30")).contains("june");
    assertThat(ModelsCommand.promote(context, "may").retired())
        .containsExactlyInAnyOrder("june", "july");
    assertThat(scores("2026-12-31")).contains("may");
    assertThat(ModelsCommand.promote(context, "june"))
        .isEqualTo(new ModelsCommand.Result("june", List.of()));
  }

  @Test
  void aModelReplacesThoseOfItsHorizonOnly() {
    model(context.ofHorizon(56), "may-56", "2026-05-01", "rejected");
    assertThat(ModelsCommand.promote(context, "may-56"))
        .isEqualTo(new ModelsCommand.Result("may-56", List.of("june-56")));
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("model may-56 predicts 56 days from now on: run score to publish its forecasts.");
    assertThat(scores("2026-12-31")).contains("june");
    assertThat(ModelsCommand.rollback(context.ofHorizon(56)).retired()).containsExactly("may-56");
    assertThat(scores("2026-12-31")).contains("june");
  }

  @Test
  void whatCannotBePromotedIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ModelsCommand.promote(context, "august"))
        .withMessage("\"august\" is not a trained model: run models list to see the models.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ModelsCommand.promote(context, null))
        .withMessageStartingWith("The id of the model to promote is missing");
  }

  @Test
  void theListMarksTheModelThatScores() {
    assertThat(ModelsCommand.list(context).championId()).isEqualTo("june");
    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .hasSize(5)
        .anyMatch(line -> line.startsWith("* june ") && line.contains("0.812"))
        .anyMatch(line -> line.startsWith("* june-56 ") && line.contains("   56 promoted"))
        .anyMatch(line -> line.startsWith("  july ") && line.contains("rejected"));
  }

  @Test
  void aChallengerMeetsTheChampionOfItsDay() {
    backtest("b-june", "r-june");
    Dataset<Row> rows = context.store().read(Table.BACKTEST, "b-june");
    BacktestReport good = BacktestReport.of(rows);
    assertThat(decide("2026-04-01", "r-new", good, rows).reason())
        .startsWith("The model beats every baseline");
    assertThat(decide("2026-07-01", "r-june", good, rows).reason())
        .startsWith("The model is a refit of the champion's recipe");
    PromotionDecision equal = decide("2026-07-01", "r-new", good, rows);
    assertThat(equal.promoted()).isFalse();
    assertThat(equal.reason())
        .startsWith(
            "The model does not beat the champion's recipe significantly: WAPE 0.000 against 0.000 (difference +0.000 ± 0.000), Spearman 1.000 against 1.000 (difference +0.000 ± 0.000)");
    assertThat(decide("2026-05-15", "r-new", good, rows).reason())
        .contains("was tested at other days");
  }

  private PromotionDecision decide(
      String asOf, String recipe, BacktestReport report, Dataset<Row> rows) {
    return PromotionRule.decide(context, LocalDate.parse(asOf), Set.of(recipe), report, rows);
  }

  // A backtest whose predictions are exact.
  private void backtest(String id, String recipe) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Map<String, Object> values = new HashMap<>();
      values.put("backtest_id", id);
      values.put("recipe_id", recipe);
      values.put("product_id", "p" + i);
      values.put("baseline_units", 1.0);
      for (String column : List.of("actual_units", "expected_units", "median_units")) {
        values.put(column, i + 1.0);
      }
      rows.add(Sample.of(spark, Table.BACKTEST, values).first());
    }
    context
        .store()
        .append(Table.BACKTEST, id, spark.createDataFrame(rows, SparkSchemas.of(Table.BACKTEST)));
  }

  @Test
  void aRetractedRunIsNoLongerCounted() {
    run("r1");
    run("r2");
    assertThat(RunsCommand.retract(context, "r2")).isEqualTo(new RunsCommand.Result(1, "r2"));
    assertThat(RunsCommand.retract(context, "r2")).isEqualTo(new RunsCommand.Result(1, null));
    assertThat(RunsCommand.retracted(context.store())).containsExactly("r2");
    assertThat(RunsCommand.list(context).runs()).isEqualTo(1);
    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .hasSize(3)
        .anyMatch(line -> line.startsWith("r2 ") && line.endsWith("retracted"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RunsCommand.retract(context, "r3"))
        .withMessage("\"r3\" is not a published run: run runs list to see the runs.");
  }

  private Optional<String> scores(String day) {
    return PromotedModels.of(context).at(LocalDate.parse(day)).map(row -> row.getAs("model_id"));
  }

  private static void model(JobContext context, String id, String asOf, String event) {
    Map<String, Object> values = new HashMap<>();
    values.put("model_id", id);
    values.put("backtest_id", "b-" + id);
    values.put("recipe_id", "r-" + id);
    values.put("as_of", LocalDate.parse(asOf));
    values.put("horizon_days", (long) context.config().horizonDays());
    values.put("artifact", "models/" + id + "/model.json");
    values.put("event", event);
    values.put("changed_at", NOON);
    values.put("metrics", new Row[] {metric("spearman", 0.812), metric("wape", 0.5)});
    context
        .store()
        .commit(
            Table.MODELS,
            TableLayout.event("b-" + id, event, NOON),
            Sample.of(context.spark(), Table.MODELS, values));
  }

  private static Row metric(String name, double value) {
    return RowFactory.create("model", name, value, 0.01);
  }

  private void run(String id) {
    context.store().commit(Table.RUNS, id, Sample.of(spark, Table.RUNS, Map.of("run_id", id)));
  }
}
