package io.trendflow.jobs.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of a command that reads a configuration. */
public class ConfigOptions extends ToolOptions {
  @Option(
      names = "--config",
      required = true,
      paramLabel = "<file>",
      description = "Configuration in YAML.")
  @SuppressWarnings("NullAway.Init") // picocli sets it or refuses the command line
  public Path config;

  @Option(
      names = "--set",
      paramLabel = "<key=value>",
      description = {
        "Sets a key of the configuration, such as --set store.path=data/store; repeatable.",
        "The environment can set one too: TRENDFLOW_STORE_PATH for store.path."
      })
  public List<String> sets = new ArrayList<>();
}
