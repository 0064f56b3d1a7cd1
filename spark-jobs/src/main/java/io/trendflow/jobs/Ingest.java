package io.trendflow.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.trendflow.ingestion.CleanTables;
import io.trendflow.ingestion.IngestCounts;
import io.trendflow.ingestion.RawIngestion;
import io.trendflow.ingestion.config.SourceConfig;
import io.trendflow.ingestion.config.SourceKind;
import io.trendflow.ingestion.raw.FileVersion;
import io.trendflow.ingestion.raw.RawFile;
import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.command.JobLauncher;
import io.trendflow.jobs.command.JobOptions;
import io.trendflow.jobs.command.JobProgress;
import io.trendflow.jobs.command.ShufflePartitions;
import io.trendflow.jobs.command.SparkJob;
import io.trendflow.jobs.config.ContentIds;
import io.trendflow.jobs.config.JobConfig;
import io.trendflow.jobs.store.SmallQueries;
import io.trendflow.schemas.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;

/** Reads the raw files into clean tables. */
@Command(
    name = "ingest",
    description =
        "Reads the raw files into clean tables of sales, trends, catalogue, stock, calendar and rejects.")
public final class Ingest implements SparkJob {
  private static final List<Table> TABLES =
      List.of(
          Table.DAILY_SALES,
          Table.SIGNALS,
          Table.CATALOG,
          Table.STOCK_LEVELS,
          Table.CALENDAR,
          Table.REJECTS);

  private static final Pattern PACKED =
      Pattern.compile("\\.(?:gz|zip|xlsx|parquet)$", Pattern.CASE_INSENSITIVE);

  /** Ratio of the size of unpacked text to the size of packed text. */
  private static final long UNPACKED = 6;

  /** Length of a short line of sales in bytes. */
  private static final long LINE = 32;

  /**
   * Result of an ingest: read = accepted + excluded + rejected.
   *
   * @param alreadyDone whether the same files were in the tables before, so that nothing was done
   */
  record Result(
      String ingestId,
      boolean alreadyDone,
      long read,
      long accepted,
      long excluded,
      long rejected) {}

  /** Runs the job from the command line. */
  public static void main(String[] args) {
    JobLauncher.start(new Ingest(), args);
  }

  @Override
  public Result run(JobContext context, JobOptions options) {
    return run(context, options.force);
  }

  static Result run(JobContext context, boolean force) {
    JobConfig config = context.config();
    requireSources(config);
    JobProgress progress = context.progress();
    progress.stages(stages());
    List<VisibleIngest> visible = VisibleIngest.all(context.store());
    Map<FileVersion, String> known = new HashMap<>();
    if (!force) {
      visible.forEach(ingest -> known.putAll(ingest.versions()));
    }
    List<RawFile> found =
        RawIngestion.find(context.spark(), config.sources(), config.raw().path(), known);
    IngestPlan plan = IngestPlan.of(visible, found, ContentIds.hash(configuration(config)), force);
    List<RawFile> files = plan.files();
    progress.done("found %,d raw files, %,d of them to read", found.size(), files.size());
    if (files.isEmpty()) {
      progress.note("nothing to do: earlier ingests have read all these files");
      return before(context, plan.visible());
    }
    BatchId attempt =
        BatchId.of(
            context.store(),
            Table.INGESTS,
            force,
            configuration(config),
            contents(files),
            plan.standing());
    Instant now = context.clock().instant();
    // An earlier job of the session may have begun to plan for few rows.
    SmallQueries.end(context.spark());
    ShufflePartitions.set(context.spark(), lines(config, files));
    try (CleanTables clean =
        RawIngestion.clean(
            context.spark(),
            files,
            config.sources(),
            config.markets(),
            config.catalog(),
            plan.earlier(context.store()),
            now)) {
      IngestCounts counts = clean.counts();
      counts.checkLimits(config.sources());
      progress.done(
          "read %,d records: %,d accepted, %,d excluded, %,d rejected",
          counts.read(), counts.accepted(), counts.excluded(), counts.rejected());
      write(context, clean, attempt.id(), now);
      plan.checkStillTrue(context.store());
      IngestCommit.write(context, attempt.id(), counts, plan.superseded(), now);
      progress.done("committed ingest %s", attempt.id());
      return new Result(
          attempt.id(),
          false,
          counts.read(),
          counts.accepted(),
          counts.excluded(),
          counts.rejected());
    }
  }

  private static String[] stages() {
    return Stream.of(
            Stream.of("find the raw files", "read and check them"),
            TABLES.stream().map(table -> "write " + table),
            Stream.of("commit"))
        .flatMap(names -> names)
        .toArray(String[]::new);
  }

  static void requireSources(JobConfig config) {
    if (config.sources().isEmpty()) {
      throw new IllegalArgumentException(
          "sources is empty: describe at least one source, see examples/synthetic-retail.yaml.");
    }
  }

  /** Returns the part of the configuration that determines an ingest's rows. */
  static List<Object> configuration(JobConfig config) {
    Map<String, SourceConfig> read = new TreeMap<>();
    config.sources().forEach((name, source) -> read.put(name, source.read()));
    return List.of(read, config.markets(), config.catalog());
  }

  /** Returns about how many lines of sales files have, by their sizes. */
  private static long lines(JobConfig config, List<RawFile> files) {
    Set<String> sales =
        config.sources().entrySet().stream()
            .filter(source -> source.getValue().kind() == SourceKind.SALES)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    return files.stream()
        .filter(file -> sales.contains(file.source()))
        .mapToLong(file -> file.bytes() * (PACKED.matcher(file.file()).find() ? UNPACKED : 1))
        .map(bytes -> bytes / LINE)
        .sum();
  }

  private static List<String> contents(List<RawFile> files) {
    return files.stream().map(f -> f.source() + " " + f.file() + " " + f.sha256()).toList();
  }

  private static void write(JobContext context, CleanTables clean, String ingestId, Instant now) {
    for (Table table : TABLES) {
      Dataset<Row> rows =
          clean
              .table(table)
              .withColumn("ingest_id", lit(ingestId))
              .withColumn("ingested_on", lit(LocalDate.ofInstant(now, ZoneOffset.UTC)));
      context.progress().done("wrote %,d rows", context.store().append(table, ingestId, rows));
    }
  }

  // If several ingests have read the files, the latest is reported.
  private static Result before(JobContext context, List<String> ingestIds) {
    Row row =
        context
            .store()
            .read(Table.INGESTS, ingestIds)
            .orderBy(col("finished_at").desc(), col("ingest_id"))
            .first();
    return new Result(
        row.getAs("ingest_id"),
        true,
        row.getAs("read"),
        row.getAs("accepted"),
        row.getAs("excluded"),
        row.getAs("rejected"));
  }
}
