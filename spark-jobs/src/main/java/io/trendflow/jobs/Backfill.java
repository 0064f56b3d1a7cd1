package io.trendflow.jobs;

import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.command.JobLauncher;
import io.trendflow.jobs.command.JobOptions;
import io.trendflow.jobs.command.SparkJob;
import io.trendflow.jobs.config.KeyValidation;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Trains and scores as of past days, in one session. */
@Command(
    name = "backfill",
    description = "Trains and scores as of past days, each with the data known on that day.")
public final class Backfill implements SparkJob {
  @Option(
      names = "--first",
      required = true,
      paramLabel = "<day>",
      converter = AsOf.Day.class,
      description = "First day to score.")
  @SuppressWarnings("NullAway.Init") // picocli sets it or rejects the command line
  private LocalDate first;

  @Option(
      names = "--last",
      required = true,
      paramLabel = "<day>",
      converter = AsOf.Day.class,
      description = "Last day that may be scored.")
  @SuppressWarnings("NullAway.Init")
  private LocalDate last;

  @Option(
      names = "--every",
      paramLabel = "<days>",
      description = "Number of days between two scored days; 7 by default.")
  private int every = 7;

  /**
   * Result of a backfill.
   *
   * @param scores the runs in the order of their days
   */
  record Result(List<Score.Result> scores) {}

  /** Runs the job from the command line. */
  public static void main(String[] args) {
    JobLauncher.start(new Backfill(), args);
  }

  @Override
  public Result run(JobContext context, JobOptions options) {
    return run(context, first, last, every, options.force);
  }

  // The earliest day first, so that each model competes with the champions of earlier days.
  static Result run(JobContext context, LocalDate first, LocalDate last, int every, boolean force) {
    KeyValidation.range("--every", every, 1, 3650);
    KeyValidation.that(
        !last.isBefore(first),
        "--last is %s, but must not be before --first, %s.".formatted(last, first));
    return new Result(
        first
            .datesUntil(last.plusDays(1), Period.ofDays(every))
            .map(day -> score(context, day, force))
            .toList());
  }

  private static Score.Result score(JobContext context, LocalDate day, boolean force) {
    Train.run(context, Optional.of(day), force);
    // The score doesn't use the rows that the training cached.
    context.spark().catalog().clearCache();
    return Score.run(context, Optional.of(day), false, force);
  }
}
