package io.trendflow.jobs;

import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.store.VisibilityRows;
import io.trendflow.schemas.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Finds the run before a day, from which products keep their state, and the latest run. */
final class PreviousRun {
  private static final Comparator<Row> EARLIEST_FIRST =
      Comparator.comparing((Row run) -> run.<LocalDate>getAs("as_of"))
          .thenComparing(run -> run.<Instant>getAs("published_at"));

  private PreviousRun() {}

  /**
   * Returns the scores of the latest visible run of an earlier day; empty if there is none. A run
   * of the same day does not count, so that scoring a day again gives the same states.
   */
  static Optional<Dataset<Row>> scores(JobContext context, LocalDate asOf) {
    return VisibilityRows.visibleRuns(context.store())
        .filter(run -> run.<LocalDate>getAs("as_of").isBefore(asOf))
        .max(EARLIEST_FIRST)
        .map(run -> context.store().read(Table.SCORES, run.<String>getAs("run_id")));
  }

  /** Returns the commit row of the latest visible run. */
  static Optional<Row> latest(JobContext context) {
    return VisibilityRows.visibleRuns(context.store()).max(EARLIEST_FIRST);
  }
}
