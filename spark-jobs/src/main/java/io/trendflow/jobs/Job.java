package io.trendflow.jobs;

/**
 * What a command does between the opening and the closing of the session. An implementation is a
 * picocli command with a {@code main} that calls {@link Jobs#start}.
 */
interface Job {
  /**
   * Does the work.
   *
   * @return a record, logged as one JSON line
   * @throws IllegalArgumentException whose message is the sentence that the user reads
   */
  Record run(JobContext context, JobOptions options);
}
