package io.trendflow.jobs;

import picocli.CommandLine.Option;

/** The options that every job takes. */
final class JobOptions extends ConfigOptions {
  @Option(names = "--force", description = "Do it again although it is done already.")
  boolean force;
}
