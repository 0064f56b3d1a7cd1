package io.trendflow.jobs.command;

/**
 * A command that works in a Spark session. An implementation is a picocli command with a {@code
 * main} that calls {@link JobLauncher#start(SparkJob, String...)}.
 */
public interface SparkJob {
  /**
   * Does the work.
   *
   * @return the result, which is printed as one JSON line
   * @throws IllegalArgumentException with a message for the user
   */
  Record run(JobContext context, JobOptions options);
}
