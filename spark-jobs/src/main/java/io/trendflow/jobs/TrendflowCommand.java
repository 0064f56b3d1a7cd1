package io.trendflow.jobs;

import io.trendflow.jobs.command.JobLauncher;
import io.trendflow.jobs.command.PlainCommand;
import io.trendflow.jobs.command.SparkJob;
import io.trendflow.jobs.config.SpellingHint;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The command line of {@code bin/trendflow}: finds a command by its name. */
@Command(
    name = "bin/trendflow",
    usageHelpWidth = 110,
    synopsisSubcommandLabel = "<command> [<options>]",
    commandListHeading = "%nCommands:%n",
    subcommands = {
      Init.class,
      CheckCommand.class,
      CollectCommand.class,
      Ingest.class,
      Replay.class,
      Train.class,
      Backtest.class,
      Score.class,
      Monitor.class,
      DigestCommand.class,
      PlanCommand.class,
      Backfill.class,
      Pipeline.class,
      ModelsCommand.class,
      RunsCommand.class,
      Tables.class,
      Maintenance.class,
      Keywords.class
    },
    footer = {
      "",
      "bin/trendflow <command> --help lists the options of a command, from init to keywords.",
      "TRENDFLOW_HEAP sets the memory of a command: 3g by default, or 1g for a short one. JAVA_HOME selects",
      "a JDK 17. TRENDFLOW_SPARK_CLASSPATH names a file with the class path of another Spark."
    })
public final class TrendflowCommand {
  private static final Set<String> HELP = Set.of("help", "-h", "--help");

  private TrendflowCommand() {}

  /** Runs the command that the first argument names. */
  public static void main(String[] args) {
    CommandLine commands = commands();
    String name = args.length == 0 ? "help" : args[0];
    if (HELP.contains(name)) {
      commands.usage(System.out);
      return;
    }
    CommandLine found = commands.getSubcommands().get(name);
    Object command = found == null ? null : found.getCommand();
    String[] options = Arrays.copyOfRange(args, Math.min(1, args.length), args.length);
    if (command instanceof SparkJob job) {
      JobLauncher.start(job, options);
    } else if (command instanceof PlainCommand tool) {
      JobLauncher.start(tool, options);
    } else {
      System.err.println(found == null ? unknown(name) : name + " needs bin/trendflow.");
      System.exit(JobLauncher.USAGE);
    }
  }

  /** Returns every command, including those that {@code bin/trendflow} runs without this class. */
  static CommandLine commands() {
    CommandLine commands = new CommandLine(new TrendflowCommand());
    ofTheLauncher()
        .forEach(
            (name, description) ->
                commands.addSubcommand(
                    name,
                    CommandSpec.create()
                        .usageMessage(new UsageMessageSpec().description(description))));
    return commands;
  }

  /** Returns the message about a name that is not a command. */
  static String unknown(String name) {
    return "there is no command \"%s\": %sbin/trendflow lists them."
        .formatted(
            name,
            SpellingHint.closest(name, commands().getSubcommands().keySet())
                .map("did you mean %s? "::formatted)
                .orElse(""));
  }

  private static Map<String, String> ofTheLauncher() {
    Map<String, String> commands = new LinkedHashMap<>();
    commands.put("serve", "Serves the latest run as an API and a dashboard: --store <folder>");
    commands.put("synthetic-retail", "Writes the raw files of a sample shop: --out <folder>");
    commands.put("key", "Creates a key of the API and prints its settings: key <name>");
    commands.put(
        "doctor", "Checks that this machine has the Java and the memory that a job needs.");
    return commands;
  }
}
