package io.trendflow.jobs.command;

/**
 * What a command does between the opening and the closing of the session. An implementation is a
 * picocli command with a {@code main} that calls {@link JobLauncher#start}.
 */
public interface SparkJob {
  /**
   * Does the work.
   *
   * @return a record, logged as one JSON line
   * @throws IllegalArgumentException whose message is the sentence that the user reads
   */
  Record run(JobContext context, JobOptions options);
}
