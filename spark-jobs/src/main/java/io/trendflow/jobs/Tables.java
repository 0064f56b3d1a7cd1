package io.trendflow.jobs;

import io.trendflow.jobs.command.ConfigOptions;
import io.trendflow.jobs.command.JobLauncher;
import io.trendflow.jobs.command.PlainCommand;
import io.trendflow.jobs.config.JobConfig;
import io.trendflow.jobs.config.KeyValidation;
import io.trendflow.jobs.store.BigQueryTables;
import io.trendflow.schemas.CommitView;
import io.trendflow.schemas.Table;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Creates the tables in BigQuery from the contracts, or compares them with the contracts. */
@Command(
    name = "tables",
    description = {
      "Creates the tables in BigQuery or compares existing ones with their contracts.",
      "create: creates missing datasets, tables and views; changes no existing one.",
      "diff: lists the differences; the exit code is 1 if there are any."
    })
public final class Tables implements PlainCommand {
  /** The command's actions. */
  enum Action {
    create,
    diff
  }

  @Mixin private final ConfigOptions options = new ConfigOptions();

  @Parameters(index = "0", paramLabel = "create|diff", description = "Action to take.")
  private Action action = Action.diff;

  /** Runs the command from the command line. */
  public static void main(String[] args) {
    JobLauncher.start(new Tables(), args);
  }

  @Override
  public ConfigOptions options() {
    return options;
  }

  @Override
  public int run(Map<String, String> env, PrintStream out) {
    JobConfig config = JobConfig.load(options.config, env, options.sets);
    KeyValidation.that(
        config.store().project() != null,
        "The store is the folder %s, which needs no tables: set store.project for BigQuery."
            .formatted(config.store().name()));
    Map<String, String> settings = config.spark().settings();
    BigQueryTables tables =
        BigQueryTables.open(
            config.store(), name -> settings.get("spark.datasource.bigquery." + name));
    return action == Action.create ? create(tables, out) : diff(tables, out);
  }

  private static int create(BigQueryTables tables, PrintStream out) {
    for (Table table : Table.values()) {
      printCreated(BigQueryTables.sql(tables.id(table)), tables.create(table), out);
    }
    for (CommitView view : CommitView.values()) {
      printCreated(BigQueryTables.sql(tables.id(view)), tables.create(view), out);
    }
    return JobLauncher.DONE;
  }

  private static void printCreated(String name, boolean made, PrintStream out) {
    out.println(name + (made ? " created" : " already exists, left unchanged"));
  }

  private static int diff(BigQueryTables tables, PrintStream out) {
    boolean differs = false;
    for (Table table : Table.values()) {
      differs |=
          printDifferences(BigQueryTables.sql(tables.id(table)), tables.differences(table), out);
    }
    for (CommitView view : CommitView.values()) {
      differs |=
          printDifferences(BigQueryTables.sql(tables.id(view)), tables.differences(view), out);
    }
    return differs ? JobLauncher.FAILED : JobLauncher.DONE;
  }

  /** Returns whether there are differences. */
  private static boolean printDifferences(String name, List<String> differences, PrintStream out) {
    out.println(name + (differences.isEmpty() ? " matches its contract" : ":"));
    differences.forEach(difference -> out.println("  " + difference));
    return !differences.isEmpty();
  }
}
