package io.trendflow.jobs.command;

import picocli.CommandLine.Option;

/** The options that every job takes. */
public final class JobOptions extends ConfigOptions {
  @Option(names = "--force", description = "Do it again although it is done already.")
  public boolean force;
}
