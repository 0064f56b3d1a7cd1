package io.trendflow.jobs.command;

import java.io.PrintStream;
import java.util.Map;

/**
 * A command without a Spark session, which therefore starts fast. An implementation is a picocli
 * command with a {@code main} that calls {@link JobLauncher#start(PlainCommand, String...)}.
 */
public interface PlainCommand {
  /** Returns the options that it shares with other commands. */
  ToolOptions options();

  /**
   * Does the work.
   *
   * @param env the environment, which can set keys of the configuration
   * @param out receives the answer
   * @return the exit code
   * @throws IllegalArgumentException with a message for the user
   */
  int run(Map<String, String> env, PrintStream out);
}
