package io.trendflow.jobs.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Options of a command that reads a configuration. */
public class ConfigOptions extends ToolOptions {
  @Option(
      names = "--config",
      required = true,
      paramLabel = "<file>",
      description = "Configuration file in YAML.")
  @SuppressWarnings("NullAway.Init") // picocli sets it or refuses the command line
  public Path config;

  @Option(
      names = "--set",
      paramLabel = "<key=value>",
      description = {
        "Sets a key of the configuration, for example --set store.path=data/store. Repeatable.",
        "Environment variables set keys too: TRENDFLOW_STORE_PATH sets store.path."
      })
  public List<String> sets = new ArrayList<>();
}
