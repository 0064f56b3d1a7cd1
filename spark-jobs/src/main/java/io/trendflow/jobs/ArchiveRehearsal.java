package io.trendflow.jobs;

import io.trendflow.jobs.command.JobLauncher;
import io.trendflow.jobs.command.PlainCommand;
import io.trendflow.jobs.command.SparkJob;
import java.util.TimeZone;
import java.util.stream.Stream;

/**
 * Program that runs the usual commands on a small shop, so that the JVM can archive the classes
 * that they load.
 */
public final class ArchiveRehearsal {
  private static final JobLauncher LAUNCHER =
      new JobLauncher(System.getenv(), System.out, System.err);

  private ArchiveRehearsal() {}

  /**
   * Runs the commands one after the other and fails with the first that fails.
   *
   * @param args folder of raw files, configuration to write, options of all jobs
   */
  public static void main(String[] args) {
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    TrendflowCommand.commands().usage(System.out);
    String[] options = Stream.of(args).skip(2).toArray(String[]::new);
    run(new Init(), "--raw", args[0], "--out", args[1]);
    run(new CheckCommand(), options);
    run(new Ingest(), options);
    run(new Score(), options);
    String[] list = Stream.concat(Stream.of("list"), Stream.of(options)).toArray(String[]::new);
    run(new ModelsCommand(), list);
    run(new RunsCommand(), list);
  }

  private static void run(PlainCommand command, String... args) {
    requireDone(LAUNCHER.run(command, args));
  }

  private static void run(SparkJob job, String... args) {
    requireDone(LAUNCHER.run(job, args));
  }

  private static void requireDone(int code) {
    if (code != JobLauncher.DONE) {
      System.exit(code);
    }
  }
}
