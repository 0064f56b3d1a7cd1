package io.trendflow.jobs;

import static org.apache.spark.sql.functions.col;

import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.command.JobLauncher;
import io.trendflow.jobs.command.JobOptions;
import io.trendflow.jobs.command.SparkJob;
import io.trendflow.jobs.config.ContentIds;
import io.trendflow.schemas.Table;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Replaces ingests that rejected records, after the configuration was corrected. */
@Command(
    name = "replay",
    description = {
      "Replaces the ingests that rejected records, after you corrected the configuration.",
      "All raw files are read again."
    })
public final class Replay implements SparkJob {
  @Option(
      names = "--ingest",
      paramLabel = "<id>",
      description =
          "Replaces only this ingest; by default all visible ingests with rejected records.")
  private @Nullable String ingest;

  /**
   * Result of a replay.
   *
   * @param replaced the ingests that were read again
   * @param ingestId the ingest that replaced them; null if nothing was done
   * @param rejectedBefore number of records that they had rejected
   * @param resolved how many of these records are now accepted, or excluded by a filter
   * @param stillRejected how many of these records are rejected again, by reason
   * @param accepted how many more records are accepted than before
   */
  record Result(
      List<String> replaced,
      @Nullable String ingestId,
      long rejectedBefore,
      long resolved,
      Map<String, Long> stillRejected,
      long accepted) {}

  /** Runs the job from the command line. */
  public static void main(String[] args) {
    JobLauncher.start(new Replay(), args);
  }

  @Override
  public Result run(JobContext context, JobOptions options) {
    return run(context, ingest, options.force);
  }

  static Result run(JobContext context, @Nullable String only, boolean force) {
    Ingest.requireSources(context.config());
    ReplayedIngests earlier = ReplayedIngests.of(context.store(), only);
    if (earlier.ids().isEmpty()) {
      context.progress().print("nothing to replay: no ingest has rejected records.");
      return new Result(List.of(), null, 0, 0, Map.of(), 0);
    }
    earlier
        .reasons()
        .forEach((reason, records) -> context.progress().print(sentence(reason, records)));
    if (!force && earlier.haveAllRead(ContentIds.hash(Ingest.configuration(context.config())))) {
      context
          .progress()
          .print(
              "nothing to replay: the configuration has not changed since ingest %s; correct it first."
                  .formatted(String.join(", ", earlier.ids())));
      return new Result(List.of(), null, earlier.rejected(), 0, earlier.reasons(), 0);
    }
    // An ingest with another configuration reads every file again, and replaces the ingests with
    // the earlier one.
    Ingest.Result result = Ingest.run(context, force);
    return compared(context, earlier, result);
  }

  private static String sentence(String reason, long records) {
    return "rejected as %s: %,d".formatted(reason, records);
  }

  private static Result compared(
      JobContext context, ReplayedIngests earlier, Ingest.Result result) {
    Dataset<Row> before = context.store().read(Table.REJECTS, earlier.ids());
    Dataset<Row> after = context.store().read(Table.REJECTS, result.ingestId());
    Map<String, Long> still = new TreeMap<>();
    after
        .join(before.select("file", "record"), new String[] {"file", "record"})
        .groupBy(col("reason"))
        .count()
        .collectAsList()
        .forEach(row -> still.put(row.getString(0), row.getLong(1)));
    long rejected = still.values().stream().mapToLong(Long::longValue).sum();
    long resolved = earlier.rejected() - rejected;
    context
        .progress()
        .print(
            "of %,d rejected records, %,d are no longer rejected and %,d still are %s; accepted before: %,d, now: %,d"
                .formatted(
                    earlier.rejected(),
                    resolved,
                    rejected,
                    still,
                    earlier.accepted(),
                    result.accepted()));
    return new Result(
        earlier.ids(),
        result.ingestId(),
        earlier.rejected(),
        resolved,
        still,
        result.accepted() - earlier.accepted());
  }
}
