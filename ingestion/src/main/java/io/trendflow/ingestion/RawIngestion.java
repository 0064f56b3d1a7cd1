package io.trendflow.ingestion;

import static org.apache.spark.sql.functions.col;

import io.trendflow.ingestion.clean.CatalogMapper;
import io.trendflow.ingestion.config.CatalogConfig;
import io.trendflow.ingestion.config.MarketConfig;
import io.trendflow.ingestion.config.MarketValidation;
import io.trendflow.ingestion.config.SourceConfig;
import io.trendflow.ingestion.config.SourceKind;
import io.trendflow.ingestion.raw.FileTask;
import io.trendflow.ingestion.raw.FileVersion;
import io.trendflow.ingestion.raw.PullTime;
import io.trendflow.ingestion.raw.RawFile;
import io.trendflow.ingestion.raw.RawFiles;
import io.trendflow.schemas.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/** Cleans raw files into tables. */
public final class RawIngestion {
  private RawIngestion() {}

  /**
   * Finds and hashes the files of every source, in the order of their paths. Files and folders
   * whose names begin with a dot or an underscore are skipped.
   *
   * @param rawPath folder on any file system that Hadoop reaches
   * @param known hashes of files that earlier ingests have read; a file of the same version is not
   *     read again
   * @throws IllegalArgumentException in one sentence: a source has no file, a file matches two
   *     sources, the time of a pull folder is not valid, or a folder cannot be read
   */
  public static List<RawFile> find(
      SparkSession spark,
      Map<String, SourceConfig> sources,
      String rawPath,
      Map<FileVersion, String> known) {
    return RawFiles.find(
        spark.sparkContext().hadoopConfiguration(),
        sources,
        rawPath,
        new FileHashing(spark, known)::hashes);
  }

  /**
   * Reads and checks every record, and keeps records that several steps need cached until the
   * result is closed. The caller checks whether too many records are rejected: {@link
   * IngestCounts#checkLimits}.
   *
   * @param files files that {@link #find} returned for the same sources
   * @param earlier rows of ingests that stay visible beside these files
   * @param now start of the ingest: a later observed day is a defect, and a day that was not over
   *     is not complete
   * @throws IllegalArgumentException in one sentence: a file is rejected as a whole (it has no
   *     header, a mapped column is missing, the CSV is malformed, the gzip data is incomplete, the
   *     text is in another encoding), money is not in its market's currency, or a market is not
   *     configured
   */
  public static CleanTables clean(
      SparkSession spark,
      List<RawFile> files,
      Map<String, SourceConfig> sources,
      Map<String, MarketConfig> markets,
      CatalogConfig catalog,
      EarlierBatches earlier,
      Instant now) {
    MarketValidation.check(sources, markets);
    Set<RawFile> repeated = repeated(files);
    Map<SourceKind, List<FileTask>> tasks =
        files.stream()
            .map(
                file ->
                    new FileTask(
                        file,
                        source(sources, file),
                        markets,
                        catalog,
                        repeated.contains(file),
                        now))
            .collect(Collectors.groupingBy(task -> task.source().kind()));
    Map<SourceKind, Dataset<Row>> accepted = new EnumMap<>(SourceKind.class);
    Map<SourceKind, Dataset<Row>> rejected = new EnumMap<>(SourceKind.class);
    Map<SourceKind, Dataset<Row>> uncounted = new EnumMap<>(SourceKind.class);
    List<FileOutcome> outcomes = new ArrayList<>();
    List<Dataset<Row>> cached = new ArrayList<>();
    tasks.forEach(
        (kind, own) -> {
          if (FileCounting.suits(kind, own, catalog)) {
            outcomes.addAll(FileCounting.count(spark, own));
            accepted.put(kind, AcceptedSales.read(spark, own));
            rejected.put(
                kind, CleanedRecords.read(spark, kind, FileCounting.withRejections(own, outcomes)));
          } else {
            Dataset<Row> read = kept(CleanedRecords.read(spark, kind, own), cached);
            accepted.put(kind, CleanedRecords.accepted(read));
            uncounted.put(kind, read);
            rejected.put(kind, read);
          }
        });
    try {
      ToldDays told = ToldDays.of(files, markets);
      IngestCounts counts = counts(files, sources, uncounted, outcomes, told);
      boolean pulled = files.stream().anyMatch(file -> file.pull() != null);
      Map<Table, Dataset<Row>> tables =
          tables(spark, accepted, rejected, sources, catalog, earlier);
      return new CleanTables(
          pulled
              ? revised(tables, firstSales(files, sources, earlier), earlier, told, cached)
              : tables,
          counts,
          List.copyOf(cached));
    } catch (RuntimeException e) {
      cached.forEach(Dataset::unpersist);
      throw e;
    }
  }

  /** Returns the files with the same bytes as an earlier file of the same source and pull. */
  static Set<RawFile> repeated(List<RawFile> files) {
    Set<List<Object>> seen = new HashSet<>();
    return files.stream()
        .filter(
            file ->
                !seen.add(List.of(file.source(), file.sha256(), Optional.ofNullable(file.pull()))))
        .collect(Collectors.toSet());
  }

  private static SourceConfig source(Map<String, SourceConfig> sources, RawFile file) {
    SourceConfig source = sources.get(file.source());
    if (source == null) {
      throw new IllegalArgumentException(
          file.label() + " belongs to a source that is not configured.");
    }
    return source;
  }

  private static IngestCounts counts(
      List<RawFile> files,
      Map<String, SourceConfig> sources,
      Map<SourceKind, Dataset<Row>> uncounted,
      List<FileOutcome> outcomes,
      ToldDays told) {
    RecordTally tally = RecordTally.of(uncounted, outcomes);
    tally.checkRefusals();
    return new IngestCounts(
        tally.files(files),
        tally.exclusions(),
        tally.rejections(),
        sources.entrySet().stream()
            .map(source -> tally.extent(source.getKey(), source.getValue().kind()))
            .map(extent -> told.last(extent.source()).map(extent::until).orElse(extent))
            .toList());
  }

  private static Map<Table, Dataset<Row>> tables(
      SparkSession spark,
      Map<SourceKind, Dataset<Row>> accepted,
      Map<SourceKind, Dataset<Row>> rejected,
      Map<String, SourceConfig> sources,
      CatalogConfig catalog,
      EarlierBatches earlier) {
    Dataset<Row> lines = accepted(SourceKind.SALES, spark, accepted);
    Dataset<Row> trends = accepted(SourceKind.TRENDS, spark, accepted);
    Dataset<Row> stock = accepted(SourceKind.STOCK, spark, accepted);
    Dataset<Row> planned = accepted(SourceKind.CALENDAR, spark, accepted);
    Dataset<Row> catalogued = accepted(SourceKind.CATALOG, spark, accepted).drop("file", "record");
    Dataset<Row> listed = catalogued.drop(CatalogMapper.STOCK.toArray(String[]::new));
    Dataset<Row> described =
        catalog.inferFromSales()
            ? listed.union(InferredCatalog.of(lines, listed, earlier))
            : listed;
    return Map.of(
        Table.DAILY_SALES,
        DailySales.of(lines, sources),
        Table.CATALOG,
        described,
        Table.SIGNALS,
        SignalRows.of(trends, sources),
        Table.STOCK_LEVELS,
        StockRows.of(stock, catalogued),
        Table.CALENDAR,
        planned.drop("file", "record"),
        Table.REJECTS,
        Arrays.stream(SourceKind.values())
            .map(
                kind ->
                    rejects(
                        rejected.getOrDefault(kind, CleanedRecords.read(spark, kind, List.of()))))
            .reduce(Dataset::union)
            .orElseThrow());
  }

  /**
   * Returns whether the files have no more than one pull of each source, and no ingest is earlier.
   */
  private static boolean firstSales(
      List<RawFile> files, Map<String, SourceConfig> sources, EarlierBatches earlier) {
    Map<String, Set<PullTime>> pulls =
        files.stream()
            .filter(file -> file.pull() != null)
            .filter(file -> source(sources, file).kind() == SourceKind.SALES)
            .collect(
                Collectors.groupingBy(
                    RawFile::source,
                    Collectors.mapping(
                        file -> Objects.requireNonNull(file.pull()), Collectors.toSet())));
    return pulls.values().stream().allMatch(times -> times.size() == 1)
        && earlier.sales().isEmpty();
  }

  private static Map<Table, Dataset<Row>> revised(
      Map<Table, Dataset<Row>> tables,
      boolean firstSales,
      EarlierBatches earlier,
      ToldDays told,
      List<Dataset<Row>> cached) {
    Map<Table, Dataset<Row>> revised = new EnumMap<>(tables);
    // Each table is compared with itself and with the earlier rows, so it is used several times.
    revised.computeIfPresent(
        Table.DAILY_SALES,
        (table, rows) ->
            firstSales
                ? PullRevisions.ofFirstSales(rows, earlier.sales(), told)
                : PullRevisions.ofSales(kept(rows, cached), earlier.sales(), told));
    revised.computeIfPresent(
        Table.CATALOG,
        (table, rows) -> PullRevisions.ofCatalog(kept(rows, cached), earlier.catalog()));
    return revised;
  }

  private static Dataset<Row> kept(Dataset<Row> rows, List<Dataset<Row>> cached) {
    cached.add(rows.persist(StorageLevel.MEMORY_AND_DISK()));
    return rows;
  }

  private static Dataset<Row> accepted(
      SourceKind kind, SparkSession spark, Map<SourceKind, Dataset<Row>> accepted) {
    Dataset<Row> rows = accepted.get(kind);
    return rows == null
        ? CleanedRecords.accepted(CleanedRecords.read(spark, kind, List.of()))
        : rows;
  }

  private static Dataset<Row> rejects(Dataset<Row> records) {
    return records
        .where(col("outcome").equalTo(RecordRows.REJECTED))
        .select(
            col("source"),
            col("file"),
            col("record"),
            col("code").as("reason"),
            col("detail"),
            col("fields"));
  }
}
