package io.trendflow.jobs;

import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.command.JobLauncher;
import io.trendflow.jobs.command.JobOptions;
import io.trendflow.jobs.command.SparkJob;
import io.trendflow.jobs.config.KeyValidation;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Trains and scores as of past days, in one session. */
@Command(
    name = "backfill",
    description = "Trains and scores as of past days, each with the data known on that day.")
public final class Backfill implements SparkJob {
  /** Days whose features are computed in one pass, and kept in memory or on disk until then. */
  private static final int DAYS_OF_PASS = 5;

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

  @Option(
      names = "--without-training",
      description = "Trains no models: each day is scored by a model that was promoted before.")
  private boolean withoutTraining;

  @Option(
      names = "--monitor",
      description =
          "Also compares the forecasts of earlier days with what was sold, as of each day.")
  private boolean monitor;

  /**
   * Steps of each day besides the scoring.
   *
   * @param every number of days between two scored days
   * @param train whether to train before scoring
   * @param monitor whether to monitor after scoring
   */
  record Steps(int every, boolean train, boolean monitor) {
    Steps {
      KeyValidation.range("--every", every, 1, 3650);
    }
  }

  /**
   * Result of a backfill.
   *
   * @param scores the runs in the order of their days
   * @param monitors the monitorings in the order of their days; empty if none was asked for
   */
  record Result(List<Score.Result> scores, List<Monitor.Result> monitors) {}

  /** Runs the job from the command line. */
  public static void main(String[] args) {
    JobLauncher.start(new Backfill(), args);
  }

  @Override
  public Result run(JobContext context, JobOptions options) {
    return run(context, first, last, new Steps(every, !withoutTraining, monitor), options.force);
  }

  // The earliest day first, so that each model competes with the champions of earlier days.
  static Result run(
      JobContext context, LocalDate first, LocalDate last, Steps steps, boolean force) {
    KeyValidation.that(
        !last.isBefore(first),
        "--last is %s, but must not be before --first, %s.".formatted(last, first));
    List<LocalDate> days =
        first.datesUntil(last.plusDays(1), Period.ofDays(steps.every())).toList();
    // The model of a day says which features it needs, so that a day to train has its own pass.
    int together = steps.train() ? 1 : DAYS_OF_PASS;
    List<Score.Result> scores = new ArrayList<>();
    List<Monitor.Result> monitors = new ArrayList<>();
    for (int from = 0; from < days.size(); from += together) {
      List<LocalDate> next = days.subList(from, Math.min(from + together, days.size()));
      try (FeaturePass pass = new FeaturePass(next, context.config().horizonDays())) {
        for (LocalDate day : next) {
          if (steps.train()) {
            Train.run(context, Optional.of(day), force);
          }
          scores.add(Score.run(context, Optional.of(day), false, force, pass));
          if (steps.monitor()) {
            monitors.add(Monitor.run(context, Optional.of(day), force));
          }
        }
      }
    }
    return new Result(scores, monitors);
  }
}
