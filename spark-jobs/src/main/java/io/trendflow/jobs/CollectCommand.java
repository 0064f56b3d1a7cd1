package io.trendflow.jobs;

import io.trendflow.collection.CollectorRegistry;
import io.trendflow.collection.landing.LandingStore;
import io.trendflow.collection.landing.LocalLanding;
import io.trendflow.collection.landing.PullHistory;
import io.trendflow.collection.pull.PullOutcome;
import io.trendflow.collection.pull.PullReport;
import io.trendflow.collection.pull.PullTask;
import io.trendflow.collection.web.PacedClock;
import io.trendflow.collection.web.RetryTimes;
import io.trendflow.collection.web.SecretValues;
import io.trendflow.ingestion.config.MarketConfig;
import io.trendflow.ingestion.config.SourceConfig;
import io.trendflow.jobs.command.ConfigOptions;
import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.command.JobLauncher;
import io.trendflow.jobs.command.PlainCommand;
import io.trendflow.jobs.config.JobConfig;
import io.trendflow.jobs.config.RecordJson;
import io.trendflow.jobs.review.ReviewText;
import io.trendflow.jobs.store.HadoopLanding;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Pulls the sources that have {@code collect} in the configuration, and lands what they gave. */
@Command(
    name = "collect",
    description = {
      "Pulls sources from the interfaces of shops into the folder of raw files, where ingest reads them.",
      "Prints a JSON line for each source. The exit code is 0 if every source was pulled or had nothing to",
      "pull, and 1 if one failed; the others are still pulled."
    })
public final class CollectCommand implements PlainCommand {
  /** Value of {@code keywords} that stands for the keywords of the catalogue. */
  private static final String CATALOGUE = "catalogue";

  @Mixin private final ConfigOptions options = new ConfigOptions();

  @Option(
      names = "--source",
      paramLabel = "<name>",
      description = "Pulls only this source. Repeatable.")
  private final List<String> only = new ArrayList<>();

  @Option(
      names = "--since",
      paramLabel = "<day>",
      description = "Pulls every day since then, for example 2024-01-01, instead of what is due.")
  private @Nullable LocalDate since;

  @Option(names = "--dry-run", description = "Finds what is due and shows it; lands nothing.")
  private boolean dryRun;

  private final Clock clock;
  private final PrintStream progress;

  /** Creates the command with the system's clock. */
  public CollectCommand() {
    this(Clock.systemUTC(), System.err);
  }

  CollectCommand(Clock clock, PrintStream progress) {
    this.clock = clock;
    this.progress = progress;
  }

  /** Runs the command from the command line. */
  public static void main(String[] args) {
    JobLauncher.start(new CollectCommand(), args);
  }

  @Override
  public ConfigOptions options() {
    return options;
  }

  @Override
  public int run(Map<String, String> env, PrintStream out) {
    JobConfig config = JobConfig.load(options.config, env, options.sets);
    LandingStore landing = landing(config);
    int code = JobLauncher.DONE;
    for (Map.Entry<String, SourceConfig> source : collected(config).entrySet()) {
      PullReport report =
          CollectorRegistry.collect(
              source.getKey(),
              () -> task(source.getKey(), source.getValue(), config, landing, env));
      out.println(RecordJson.line(report));
      out.flush();
      if (report.outcome() == PullOutcome.FAILED) {
        progress.println(report.problem());
        code = JobLauncher.FAILED;
      }
    }
    return code;
  }

  private static LandingStore landing(JobConfig config) {
    String path = config.raw().path();
    try {
      return path.contains("://")
          ? new HadoopLanding(path, config.spark().hadoop())
          : new LocalLanding(Path.of(path));
    } catch (IOException e) {
      throw new UncheckedIOException("raw.path " + path + " cannot be reached.", e);
    }
  }

  private Map<String, SourceConfig> collected(JobConfig config) {
    Map<String, SourceConfig> collected = new TreeMap<>(config.sources());
    collected.values().removeIf(source -> source.collect() == null);
    for (String name : only) {
      if (!collected.containsKey(name)) {
        throw new IllegalArgumentException(
            "--source is %s, but the sources with collect are %s."
                .formatted(name, collected.keySet()));
      }
    }
    if (collected.isEmpty()) {
      throw new IllegalArgumentException(
          "no source has collect: add it to a source of the configuration (docs/collection.md).");
    }
    if (!only.isEmpty()) {
      collected.keySet().retainAll(only);
    }
    return collected;
  }

  private PullTask task(
      String name,
      SourceConfig source,
      JobConfig config,
      LandingStore landing,
      Map<String, String> env) {
    Map<String, Object> settings =
        new TreeMap<>(source.collect() == null ? Map.of() : source.collect());
    settings.replaceAll(
        (key, value) ->
            key.equals("keywords") && CATALOGUE.equals(value) ? catalogueKeywords(config) : value);
    return new PullTask(
        name,
        settings,
        zones(source, config.markets()),
        PullHistory.of(landing, name),
        new SecretValues(env),
        PacedClock.of(clock),
        RetryTimes.DEFAULT,
        since,
        dryRun,
        progress::println,
        JobContext.version());
  }

  private static List<String> catalogueKeywords(JobConfig config) {
    String review = config.features().keywordReview();
    if (review == null) {
      throw new IllegalArgumentException(
          "collect has `keywords: catalogue`, but features.keyword_review is not set: run"
              + " bin/trendflow keywords --export review.csv and name that file, or list keywords.");
    }
    List<String> keywords = ReviewedKeywords.of(ReviewText.read(config.spark().hadoop(), review));
    if (keywords.isEmpty()) {
      throw new IllegalArgumentException(
          "%s has no declared or confirmed keyword: write yes into its last column, or list keywords in collect."
              .formatted(review));
    }
    return keywords;
  }

  /** Returns the time zones of the markets that a source may have. */
  private static List<ZoneId> zones(SourceConfig source, Map<String, MarketConfig> markets) {
    Set<ZoneId> zones = new LinkedHashSet<>();
    String market = source.constants().get("market");
    MarketConfig own = market == null ? null : markets.get(market);
    if (own != null) {
      zones.add(own.zone());
    } else {
      markets.values().forEach(config -> zones.add(config.zone()));
    }
    return List.copyOf(zones);
  }
}
