package io.trendflow.jobs;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.command.JobProgress;
import io.trendflow.jobs.config.JobConfig;
import io.trendflow.testing.SharedSpark;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Checks the ranges that a backfill rejects; {@link ScoreTest} compares its runs with scores. */
@ExtendWith(SharedSpark.class)
class BackfillTest {
  private static final LocalDate MAY = LocalDate.parse("2026-05-01");

  @Test
  void aRangeIsInOrderAndItsStepIsPositive(SparkSession spark, @TempDir Path store) {
    JobConfig config = JobConfig.load(SampleShop.CONFIG, Map.of(), List.of("store.path=" + store));
    JobProgress progress = new JobProgress("test", new PrintStream(PrintStream.nullOutputStream()));
    JobContext context = JobContext.open(spark, config, progress, Clock.systemUTC());
    Backfill.Steps daily = new Backfill.Steps(1, true, false);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Backfill.run(context, MAY, MAY.minusDays(1), daily, false))
        .withMessage("--last is 2026-04-30, but must not be before --first, 2026-05-01.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Backfill.Steps(0, true, false))
        .withMessage("--every is 0, but must be from 1 to 3650.");
  }
}
