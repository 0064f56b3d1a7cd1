package io.trendflow.jobs;

import io.trendflow.ingestion.DryRun;
import io.trendflow.ingestion.IngestCounts;
import io.trendflow.jobs.command.ConfigOptions;
import io.trendflow.jobs.command.JobLauncher;
import io.trendflow.jobs.command.PlainCommand;
import io.trendflow.jobs.config.JobConfig;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Reports the outcome that an ingest of the raw files would have, without writing anything. */
@Command(
    name = "check",
    description = {
      "Shows which records an ingest would accept, exclude or reject; writes nothing.",
      "The exit code is 0 if an ingest would succeed, otherwise 1."
    })
public final class CheckCommand implements PlainCommand {
  @Mixin private final ConfigOptions options = new ConfigOptions();
  private final Clock clock;

  /** Creates the command with the system's clock. */
  public CheckCommand() {
    this(Clock.systemUTC());
  }

  CheckCommand(Clock clock) {
    this.clock = clock;
  }

  /** Runs the command from the command line. */
  public static void main(String[] args) {
    JobLauncher.start(new CheckCommand(), args);
  }

  @Override
  public ConfigOptions options() {
    return options;
  }

  @Override
  public int run(Map<String, String> env, PrintStream out) {
    JobConfig config = JobConfig.load(options.config, env, options.sets);
    Ingest.requireSources(config);
    String raw = config.raw().path();
    DryRun run =
        new DryRun(
            config.sources(),
            config.markets(),
            config.catalog(),
            config.spark().hadoop(),
            clock.instant());
    CheckReport report = new CheckReport(out);
    IngestCounts counts = run.read(raw, report::file);
    run.unclaimed(raw).forEach(report::unclaimed);
    run.unreadable(raw).forEach(report::unreadable);
    run.comparisons().forEach(report::comparison);
    return report.conclusion(config.sources(), counts) ? JobLauncher.DONE : JobLauncher.FAILED;
  }
}
