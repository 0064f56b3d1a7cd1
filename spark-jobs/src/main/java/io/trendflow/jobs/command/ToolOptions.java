package io.trendflow.jobs.command;

import picocli.CommandLine.Option;

/** The options that every command takes. */
public class ToolOptions {
  @Option(names = "--verbose", description = "Show where in the code a failure happened.")
  boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this text.")
  boolean help;
}
