package io.trendflow.jobs.command;

import java.io.PrintStream;
import java.util.Map;

/**
 * A command that needs no Spark session, and so starts at once. An implementation is a picocli
 * command with a {@code main} that calls {@link JobLauncher#start(Tool, String...)}.
 */
public interface PlainCommand {
  /** The options that it shares with others. */
  ToolOptions options();

  /**
   * Does the work.
   *
   * @param env the environment, which can set keys of the configuration
   * @param out where the answer goes
   * @return the exit code
   * @throws IllegalArgumentException whose message is the sentence that the user reads
   */
  int run(Map<String, String> env, PrintStream out);
}
