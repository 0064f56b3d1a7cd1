package io.trendflow.jobs.command;

import picocli.CommandLine.Option;

/** Options of every command. */
public class ToolOptions {
  @Option(names = "--verbose", description = "Shows where in the code a failure happened.")
  boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  boolean help;
}
