package io.trendflow.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableLayout;
import io.trendflow.testing.SharedSpark;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedSpark.class)
class RegistryTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private SparkSession spark;
  private JobContext context;

  @BeforeEach
  void open(SparkSession spark, @TempDir Path store) {
    this.spark = spark;
    JobConfig config = JobConfig.load(SampleShop.CONFIG, Map.of(), List.of("store.path=" + store));
    Progress progress =
        new Progress("test", new PrintStream(printed, true, StandardCharsets.UTF_8));
    context = JobContext.open(spark, config, progress, Clock.systemUTC());
    model("may", "2026-05-01", "promoted");
    model("june", "2026-06-01", "promoted");
    model("july", "2026-07-01", "rejected");
  }

  @Test
  void aDayIsScoredByTheLatestModelOfItsTime() {
    assertThat(scores("2026-04-30")).isEmpty();
    assertThat(scores("2026-05-31")).contains("may");
    assertThat(scores("2026-12-31")).contains("june");
  }

  @Test
  void aRollbackBringsThePromotedModelBeforeBack() {
    assertThat(ModelRegistry.rollback(context))
        .isEqualTo(new ModelRegistry.Result("may", List.of("june")));
    assertThat(scores("2026-12-31")).contains("may");
    assertThat(ModelRegistry.rollback(context))
        .isEqualTo(new ModelRegistry.Result(null, List.of("may")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ModelRegistry.rollback(context))
        .withMessageStartingWith("no model is promoted");
  }

  @Test
  void aModelPromotedByHandScoresFromItsDayOn() {
    assertThat(ModelRegistry.promote(context, "july"))
        .isEqualTo(new ModelRegistry.Result("july", List.of()));
    assertThat(scores("2026-06-30")).contains("june");
    assertThat(ModelRegistry.promote(context, "may").retired())
        .containsExactlyInAnyOrder("june", "july");
    assertThat(scores("2026-12-31")).contains("may");
    assertThat(ModelRegistry.promote(context, "june"))
        .isEqualTo(new ModelRegistry.Result("june", List.of()));
  }

  @Test
  void whatCannotBePromotedIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ModelRegistry.promote(context, "august"))
        .withMessage("there is no trained model august: models list shows them.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ModelRegistry.promote(context, null))
        .withMessageStartingWith("promote needs the id of a model");
  }

  @Test
  void theListMarksTheModelThatScores() {
    assertThat(ModelRegistry.list(context).championId()).isEqualTo("june");
    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .hasSize(4)
        .anyMatch(line -> line.startsWith("* june ") && line.contains("0.812"))
        .anyMatch(line -> line.startsWith("  july ") && line.contains("rejected"));
  }

  @Test
  void aRetractedRunIsNoLongerCounted() {
    run("r1");
    run("r2");
    assertThat(RunRegistry.retract(context, "r2")).isEqualTo(new RunRegistry.Result(1, "r2"));
    assertThat(RunRegistry.retract(context, "r2")).isEqualTo(new RunRegistry.Result(1, null));
    assertThat(RunRegistry.retracted(context)).containsExactly("r2");
    assertThat(RunRegistry.list(context).runs()).isEqualTo(1);
    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .hasSize(3)
        .anyMatch(line -> line.startsWith("r2 ") && line.endsWith("retracted"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RunRegistry.retract(context, "r3"))
        .withMessage("there is no run r3 to retract: runs list shows them.");
  }

  private Optional<String> scores(String day) {
    return PromotedModels.of(context).at(LocalDate.parse(day)).map(row -> row.getAs("model_id"));
  }

  private void model(String id, String asOf, String event) {
    Map<String, Object> values = new HashMap<>();
    values.put("model_id", id);
    values.put("backtest_id", "b-" + id);
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
            Sample.of(spark, Table.MODELS, values));
  }

  private static Row metric(String name, double value) {
    return RowFactory.create("model", name, value);
  }

  private void run(String id) {
    context.store().commit(Table.RUNS, id, Sample.of(spark, Table.RUNS, Map.of("run_id", id)));
  }
}
