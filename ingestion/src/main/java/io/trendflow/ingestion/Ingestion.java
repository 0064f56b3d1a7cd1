package io.trendflow.ingestion;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import io.trendflow.schemas.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/** Raw files to clean tables. */
public final class Ingestion {
  private Ingestion() {}

  /**
   * Finds the files of every source and hashes them, in the order of their paths. Names that begin
   * with a dot or an underscore are hidden.
   *
   * @param rawPath folder on any file system that Hadoop reaches
   * @throws IllegalArgumentException in one sentence: a source without file, a file of two sources,
   *     a pull folder with an unclear time, a folder that cannot be read
   */
  public static List<RawFile> find(
      SparkSession spark, Map<String, SourceConfig> sources, String rawPath) {
    return RawFiles.find(spark.sparkContext().hadoopConfiguration(), sources, rawPath);
  }

  /**
   * Reads and checks every record once and keeps the records cached; close the result to let them
   * go. Whether too many are rejected is for the caller to ask: {@link IngestCounts#checkLimits}.
   *
   * @param files what {@link #find} gave for the same sources
   * @param now when the ingest started: a day observed after it is a defect, and a day that was not
   *     over by then is not complete
   * @throws IllegalArgumentException in one sentence: a file that cannot be taken as a whole (no
   *     header, a mapped column that is missing, malformed CSV, cut-off gzip, text in another
   *     encoding), money in another currency than its market's, a market that is not configured
   */
  public static CleanTables clean(
      SparkSession spark,
      List<RawFile> files,
      Map<String, SourceConfig> sources,
      Map<String, MarketConfig> markets,
      CatalogConfig catalog,
      Instant now) {
    Markets.check(sources, markets);
    List<FileTask> tasks =
        files.stream()
            .map(file -> new FileTask(file, source(sources, file), markets, catalog, now))
            .toList();
    Dataset<Row> sales = cached(spark, SourceKind.SALES, tasks);
    Dataset<Row> products = cached(spark, SourceKind.CATALOG, tasks);
    Dataset<Row> trends = cached(spark, SourceKind.TRENDS, tasks);
    List<Dataset<Row>> cached = List.of(sales, products, trends);
    try {
      IngestCounts counts = counts(cached, files, sources);
      return new CleanTables(tables(sales, products, trends, sources, catalog), counts, cached);
    } catch (RuntimeException e) {
      cached.forEach(Dataset::unpersist);
      throw e;
    }
  }

  private static SourceConfig source(Map<String, SourceConfig> sources, RawFile file) {
    SourceConfig source = sources.get(file.source());
    if (source == null) {
      throw new IllegalArgumentException(file.label() + " is of a source that is not configured.");
    }
    return source;
  }

  private static Dataset<Row> cached(SparkSession spark, SourceKind kind, List<FileTask> tasks) {
    List<FileTask> own = tasks.stream().filter(task -> task.source().kind() == kind).toList();
    return Records.read(spark, kind, own).persist(StorageLevel.MEMORY_AND_DISK());
  }

  private static IngestCounts counts(
      List<Dataset<Row>> records, List<RawFile> files, Map<String, SourceConfig> sources) {
    Tally tally = Tally.of(records);
    tally.checkRefusals();
    return new IngestCounts(
        tally.files(files), tally.exclusions(), tally.rejections(), extents(records, sources));
  }

  private static List<SourceExtent> extents(
      List<Dataset<Row>> records, Map<String, SourceConfig> sources) {
    List<Row> days = new ArrayList<>();
    for (Dataset<Row> kind : records) {
      Dataset<Row> accepted = Records.accepted(kind);
      if (List.of(accepted.columns()).contains("day")) {
        days.addAll(
            accepted
                .groupBy("source")
                .agg(min("day").as("first"), max("complete_through").as("last"))
                .collectAsList());
      }
    }
    return sources.entrySet().stream()
        .map(source -> extent(source.getKey(), source.getValue().kind(), days))
        .toList();
  }

  private static SourceExtent extent(String source, SourceKind kind, List<Row> days) {
    return days.stream()
        .filter(row -> source.equals(row.getAs("source")))
        .findFirst()
        .map(row -> new SourceExtent(source, kind, row.getAs("first"), row.getAs("last")))
        .orElseGet(() -> new SourceExtent(source, kind, null, null));
  }

  private static Map<Table, Dataset<Row>> tables(
      Dataset<Row> sales,
      Dataset<Row> products,
      Dataset<Row> trends,
      Map<String, SourceConfig> sources,
      CatalogConfig catalog) {
    Dataset<Row> lines = Records.accepted(sales);
    Dataset<Row> listed = Records.accepted(products).drop("file", "record");
    return Map.of(
        Table.DAILY_SALES,
        DailySales.of(lines, sources),
        Table.CATALOG,
        catalog.inferFromSales() ? listed.union(InferredCatalog.of(lines, listed)) : listed,
        Table.SIGNALS,
        signals(Records.accepted(trends)),
        Table.REJECTS,
        rejects(sales).union(rejects(products)).union(rejects(trends)));
  }

  private static Dataset<Row> signals(Dataset<Row> values) {
    return values
        .withColumnRenamed("day", "observed_on")
        .drop("file", "record", "complete_through");
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
