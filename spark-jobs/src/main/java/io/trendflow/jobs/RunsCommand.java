package io.trendflow.jobs;

import static java.util.Comparator.comparing;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.command.JobLauncher;
import io.trendflow.jobs.command.JobOptions;
import io.trendflow.jobs.command.SparkJob;
import io.trendflow.jobs.store.TableStore;
import io.trendflow.jobs.store.VisibilityRows;
import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableLayout;
import io.trendflow.schemas.Visibility;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists the published runs and retracts one. Nothing is deleted: a retraction is a row too. */
@Command(
    name = "runs",
    description = {
      "Lists the published runs or retracts one.",
      "list: shows every run, the latest first.",
      "retract: withdraws a run, so that the service returns to the previous one."
    })
public final class RunsCommand implements SparkJob {
  private static final String LINE = "%-18s %-10s %8s %-18s %9s %-27s %s";

  /** The command's actions. */
  enum Action {
    list,
    retract
  }

  @Parameters(index = "0", paramLabel = "list|retract", description = "Action to take.")
  private Action action = Action.list;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "<run>",
      description = "Id of the run to retract.")
  private @Nullable String run;

  /**
   * Result of the command.
   *
   * @param runs number of runs that are not retracted
   * @param retracted the run that was retracted just now; null if none was
   */
  record Result(int runs, @Nullable String retracted) {}

  /** Runs the job from the command line. */
  public static void main(String[] args) {
    JobLauncher.start(new RunsCommand(), args);
  }

  @Override
  public Result run(JobContext context, JobOptions options) {
    return switch (action) {
      case list -> list(context);
      case retract -> retract(context, run);
    };
  }

  static Result list(JobContext context) {
    List<Row> rows = context.store().read(Table.RUNS).collectAsList();
    Set<String> retracted = Visibility.retracted(rows.stream().map(VisibilityRows::run).toList());
    List<Row> runs =
        rows.stream()
            .filter(row -> !row.<Boolean>getAs("retracted"))
            .sorted(
                comparing((Row row) -> row.<LocalDate>getAs("as_of"))
                    .thenComparing(row -> row.<Instant>getAs("published_at"))
                    .reversed())
            .toList();
    context
        .progress()
        .print(
            LINE.formatted("run", "as of", "horizon", "model", "products", "published", "state"));
    runs.forEach(row -> context.progress().print(line(row, retracted)));
    return new Result(runs.size() - retracted.size(), null);
  }

  /**
   * Retracts a run. If it is already retracted, nothing happens.
   *
   * @throws IllegalArgumentException if there is no such run
   */
  static Result retract(JobContext context, @Nullable String runId) {
    Dataset<Row> published = runs(context).filter(col("run_id").equalTo(lit(runId)));
    if (runId == null || published.isEmpty()) {
      throw new IllegalArgumentException(
          "\"%s\" is not a published run: run runs list to see the runs.".formatted(runId));
    }
    boolean done = retracted(context.store()).contains(runId);
    if (!done) {
      Instant now = context.clock().instant().truncatedTo(ChronoUnit.MICROS);
      context
          .store()
          .commit(
              Table.RUNS,
              TableLayout.event(runId, "retracted", now),
              published.withColumn("retracted", lit(true)).withColumn("published_at", lit(now)));
    }
    return new Result(
        (int) runs(context).count() - retracted(context.store()).size(), done ? null : runId);
  }

  /** Returns the ids of the runs that were retracted. */
  static Set<String> retracted(TableStore store) {
    return Visibility.retracted(VisibilityRows.runs(store.read(Table.RUNS)));
  }

  private static Dataset<Row> runs(JobContext context) {
    return context.store().read(Table.RUNS).filter(col("retracted").equalTo(lit(false)));
  }

  private static String line(Row run, Set<String> retracted) {
    String model = run.getAs("model_id");
    String state =
        retracted.contains(run.<String>getAs("run_id"))
            ? "retracted"
            : run.<Boolean>getAs("hindsight")
                ? "hindsight"
                : run.<Boolean>getAs("degraded") ? "degraded" : "";
    return LINE.formatted(
        run.getAs("run_id"),
        run.<LocalDate>getAs("as_of"),
        run.<Long>getAs("horizon_days"),
        model == null ? "baseline" : model,
        "%,d".formatted(run.<Long>getAs("scored_rows")),
        run.<Instant>getAs("published_at"),
        state);
  }
}
