package io.trendflow.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.command.JobProgress;
import io.trendflow.jobs.config.JobConfig;
import io.trendflow.jobs.store.Sample;
import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableLayout;
import io.trendflow.testing.SharedSpark;
import java.io.OutputStream;
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
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedSpark.class)
class PreviousRunTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  private SparkSession spark;
  private JobContext context;

  @BeforeEach
  void open(SparkSession spark, @TempDir Path store) {
    this.spark = spark;
    JobConfig config = JobConfig.load(SampleShop.CONFIG, Map.of(), List.of("store.path=" + store));
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    context = JobContext.open(spark, config, new JobProgress("test", nowhere), Clock.systemUTC());
  }

  @Test
  void theStatesAreThoseOfTheLatestVisibleRunOfAnEarlierDay() {
    publish("a", "2026-05-01", 0, Map.of());
    publish("b", "2026-05-08", 1, Map.of());
    publish("b2", "2026-05-08", 2, Map.of());
    publish("hindsight", "2026-05-14", 3, Map.of("hindsight", true));
    publish("retracted", "2026-05-15", 4, Map.of());
    commit(
        TableLayout.event("retracted", "retracted", NOON),
        values("retracted", "2026-05-15", 5, Map.of("retracted", true)));
    assertThat(state("2026-05-01")).isEmpty();
    assertThat(state("2026-05-02")).contains("a");
    assertThat(state("2026-05-08")).as("not a run of the same day").contains("a");
    assertThat(state("2026-05-09")).as("published later").contains("b2");
    assertThat(state("2026-06-30")).contains("b2");
  }

  private Optional<String> state(String asOf) {
    return PreviousRun.scores(context, LocalDate.parse(asOf))
        .map(scores -> scores.first())
        .map(row -> row.<String>getAs("state"));
  }

  /** Publishes a run whose only row has the run's id as its state. */
  private void publish(String run, String asOf, int minute, Map<String, Object> more) {
    Map<String, Object> score = Map.of("run_id", run, "as_of", LocalDate.parse(asOf), "state", run);
    var unused = context.store().append(Table.SCORES, run, Sample.of(spark, Table.SCORES, score));
    commit(run, values(run, asOf, minute, more));
  }

  private static Map<String, Object> values(
      String run, String asOf, int minute, Map<String, Object> more) {
    Map<String, Object> values = new HashMap<>(more);
    values.put("run_id", run);
    values.put("as_of", LocalDate.parse(asOf));
    values.put("published_at", NOON.plusSeconds(60L * minute));
    return values;
  }

  private void commit(String batch, Map<String, Object> row) {
    context.store().commit(Table.RUNS, batch, Sample.of(spark, Table.RUNS, row));
  }
}
