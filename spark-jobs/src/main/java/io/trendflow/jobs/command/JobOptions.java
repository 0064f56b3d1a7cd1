package io.trendflow.jobs.command;

import picocli.CommandLine.Option;

/** Options of every job. */
public final class JobOptions extends ConfigOptions {
  @Option(names = "--force", description = "Repeats the work even if it is already done.")
  public boolean force;
}
