package io.trendflow.jobs;

import static org.apache.spark.sql.functions.col;

import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.command.JobLauncher;
import io.trendflow.jobs.command.JobOptions;
import io.trendflow.jobs.command.SparkJob;
import io.trendflow.jobs.config.KeyValidation;
import io.trendflow.jobs.store.TableStore;
import io.trendflow.jobs.store.TableStore.Leftover;
import io.trendflow.jobs.store.VisibilityRows;
import io.trendflow.schemas.Table;
import io.trendflow.schemas.Visibility;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Removes data that nobody sees or uses any more. Each removal is independent, so that after a
 * failure the job can simply run again.
 */
@Command(
    name = "maintenance",
    description = {
      "Lists data that is no longer needed and removes it with --apply.",
      "This includes leftovers of dead jobs after two days, and after --keep-days the rows of"
          + " superseded ingests and retracted runs and the files of models that no run uses and"
          + " that are not promoted."
    })
public final class Maintenance implements SparkJob {
  // Longer than any job runs, so that a batch about to be committed stays.
  private static final Duration ABANDONED = Duration.ofDays(2);

  @Option(names = "--apply", description = "Removes the listed data.")
  private boolean apply;

  @Option(
      names = "--keep-days",
      paramLabel = "<days>",
      defaultValue = "30",
      description = "Days to keep superseded, retracted or retired data; 30 by default.")
  private int keepDays;

  /**
   * Result of the maintenance.
   *
   * @param applied whether the found data were removed
   * @param leftovers number of leftovers of dead jobs
   * @param rows number of rows of superseded ingests and retracted runs
   * @param models number of models with unused files
   * @param bytes size of leftovers and models
   */
  record Result(boolean applied, int leftovers, long rows, int models, long bytes) {}

  /** Runs the job from the command line. */
  public static void main(String[] args) {
    JobLauncher.start(new Maintenance(), args);
  }

  @Override
  public Result run(JobContext context, JobOptions options) {
    return run(context, keepDays, apply);
  }

  static Result run(JobContext context, int keepDays, boolean apply) {
    KeyValidation.that(
        keepDays >= 1, "--keep-days is %d, but must be 1 or more.".formatted(keepDays));
    Instant now = context.clock().instant();
    Instant kept = now.minus(Duration.ofDays(keepDays));
    List<Leftover> leftovers = context.store().leftovers(now.minus(ABANDONED));
    for (Leftover leftover : leftovers) {
      context
          .progress()
          .print("%s, %,d bytes of a failed job".formatted(leftover.name(), leftover.bytes()));
      if (apply) {
        context.store().remove(leftover);
      }
    }
    long rows =
        purge(context, Table.INGESTS, superseded(context, kept), "a superseded ingest", apply)
            + purge(context, Table.RUNS, retracted(context, kept), "a retracted run", apply);
    Map<String, Long> models = unused(context, kept);
    models.forEach(
        (model, bytes) -> {
          context
              .progress()
              .print(
                  "model %s, %,d bytes, not promoted and used by no run".formatted(model, bytes));
          if (apply) {
            context.artifacts().delete(model);
          }
        });
    long bytes =
        leftovers.stream().mapToLong(Leftover::bytes).sum()
            + models.values().stream().mapToLong(Long::longValue).sum();
    return new Result(apply, leftovers.size(), rows, models.size(), bytes);
  }

  private static long purge(
      JobContext context, Table commitTable, Set<String> batches, String why, boolean apply) {
    long all = 0;
    for (Table table : Table.values()) {
      if (table.committedBy().filter(commitTable::equals).isEmpty() || batches.isEmpty()) {
        continue;
      }
      for (Row found :
          context
              .store()
              .read(table, batches)
              .groupBy(table.batchColumn())
              .count()
              .orderBy(table.batchColumn())
              .collectAsList()) {
        context
            .progress()
            .print(
                "%s %s, %,d rows of %s"
                    .formatted(table, found.getString(0), found.getLong(1), why));
        all += found.getLong(1);
        if (apply) {
          context.store().purge(table, found.getString(0));
        }
      }
    }
    return all;
  }

  // The ingests that another had superseded by a time.
  private static Set<String> superseded(JobContext context, Instant by) {
    TableStore store = context.store();
    Dataset<Row> ingests = store.read(Table.INGESTS, store.committed(Table.INGESTS));
    return Visibility.superseded(VisibilityRows.ingests(ingests.filter(col("finished_at").lt(by))));
  }

  private static Set<String> retracted(JobContext context, Instant by) {
    return Visibility.retracted(
        VisibilityRows.runs(runs(context).filter(col("published_at").lt(by))));
  }

  // The models last changed before a time that are not promoted and that no run names.
  private static Map<String, Long> unused(JobContext context, Instant by) {
    Set<String> used = ids(runs(context).filter(col("model_id").isNotNull()), "model_id");
    List<Row> events = context.store().read(Table.MODELS).collectAsList();
    PromotedModels.of(events.stream()).events().forEach(event -> used.add(event.getAs("model_id")));
    Set<String> old =
        ModelEvent.latest(events.stream()).stream()
            .filter(event -> event.<Instant>getAs("changed_at").isBefore(by))
            .map(event -> event.<String>getAs("model_id"))
            .collect(Collectors.toSet());
    return context.artifacts().sizes().entrySet().stream()
        .filter(model -> old.contains(model.getKey()) && !used.contains(model.getKey()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Dataset<Row> runs(JobContext context) {
    return context.store().read(Table.RUNS);
  }

  private static Set<String> ids(Dataset<Row> rows, String column) {
    return new TreeSet<>(rows.select(column).distinct().as(Encoders.STRING()).collectAsList());
  }
}
