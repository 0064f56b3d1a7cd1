package io.trendflow.ingestion;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.trendflow.ingestion.clean.CalendarMapper;
import io.trendflow.ingestion.clean.CatalogMapper;
import io.trendflow.ingestion.clean.RejectReason;
import io.trendflow.ingestion.clean.SalesMapper;
import io.trendflow.ingestion.clean.StockMapper;
import io.trendflow.ingestion.clean.TrendsMapper;
import io.trendflow.ingestion.config.FilterConfig;
import io.trendflow.ingestion.config.SourceKind;
import io.trendflow.ingestion.raw.FileTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/** Reads all records of the sources of one kind, each with its outcome. */
public final class CleanedRecords {
  /** Separator of the parts of a key, a control character that exports do not contain. */
  private static final String SEPARATOR = "\u001f";

  /** Differs for every row, so that a row outside a comparison is alone in its group. */
  private static final Column ITSELF =
      concat_ws(SEPARATOR, col("file"), col("record").cast("string"), col("outcome"));

  private CleanedRecords() {}

  /** Reads every file once, in its own task, when the result is first used. */
  public static Dataset<Row> read(SparkSession spark, SourceKind kind, List<FileTask> tasks) {
    StructType schema = RecordRows.schema(value(kind));
    if (tasks.isEmpty()) {
      return spark.createDataFrame(List.of(), schema);
    }
    Dataset<Row> records = spark.createDataFrame(rows(spark, tasks), schema);
    boolean deduplicate = tasks.stream().anyMatch(task -> task.source().deduplicate());
    Dataset<Row> distinct = deduplicate ? withoutDuplicates(records) : records;
    if (key(kind).isEmpty()) {
      return distinct;
    }
    List<String> key = new ArrayList<>(keyIsOfSource(kind) ? List.of("source") : List.of());
    key(kind).forEach(column -> key.add("value." + column));
    return withUniqueKeys(distinct, summed(tasks), key.toArray(String[]::new));
  }

  /** Reads every file into the rows of {@link RecordRows}, in its own task. */
  static JavaRDD<Row> rows(SparkSession spark, List<FileTask> tasks) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    // The configuration is broadcast, because deserializing it takes longer than reading a small
    // file.
    Broadcast<SerializableConfiguration> hadoop =
        context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
    return context
        .parallelize(tasks, tasks.size())
        .flatMap(task -> new RecordRows(task, hadoop.value().value()));
  }

  /** Returns the columns that identify an accepted record; empty if records may repeat. */
  static List<String> key(SourceKind kind) {
    return switch (kind) {
      case SALES -> List.of();
      case CATALOG -> List.of("market", "product_id", "available_at");
      case TRENDS -> List.of("metric", "keyword", "geo", "day", "pull_id", "available_at");
      case STOCK -> List.of("market", "product_id", "day", "available_at");
      case CALENDAR -> List.of("market", "scope", "subject", "kind", "starts_on", "available_at");
    };
  }

  /** Returns whether the key identifies a record only within its source. */
  static boolean keyIsOfSource(SourceKind kind) {
    return kind != SourceKind.CATALOG;
  }

  /** Returns the accepted records: source, file, record and the columns of the kind. */
  public static Dataset<Row> accepted(Dataset<Row> records) {
    return records
        .where(col("outcome").equalTo(RecordRows.ACCEPTED))
        .select("source", "file", "record", "value.*");
  }

  private static List<String> summed(List<FileTask> tasks) {
    return tasks.stream()
        .filter(task -> task.source().sumRepeated())
        .map(task -> task.file().source())
        .distinct()
        .toList();
  }

  /** Returns the columns of an accepted record. */
  public static StructType value(SourceKind kind) {
    return switch (kind) {
      case SALES -> SalesMapper.SCHEMA;
      case CATALOG -> CatalogMapper.SCHEMA;
      case TRENDS -> TrendsMapper.SCHEMA;
      case STOCK -> StockMapper.SCHEMA;
      case CALENDAR -> CalendarMapper.SCHEMA;
    };
  }

  private static Dataset<Row> withoutDuplicates(Dataset<Row> records) {
    WindowSpec identical =
        byKey(concat_ws(SEPARATOR, col("source"), coalesce(col("fingerprint"), ITSELF)))
            .orderBy("file", "record");
    Column repeated =
        row_number().over(identical).gt(1).and(col("outcome").notEqual(RecordRows.EXCLUDED));
    return changed(records, repeated, RecordRows.EXCLUDED, lit(FilterConfig.DUPLICATE), lit(null));
  }

  /**
   * Rejects all but the first of the accepted records with one key, except those of sources whose
   * values are added up.
   */
  private static Dataset<Row> withUniqueKeys(
      Dataset<Row> records, List<String> summed, String... key) {
    Column[] parts =
        Arrays.stream(key).map(part -> col(part).cast("string")).toArray(Column[]::new);
    Column group =
        when(
                col("outcome")
                    .equalTo(RecordRows.ACCEPTED)
                    .and(not(col("source").isin(summed.toArray()))),
                concat_ws(SEPARATOR, parts))
            .otherwise(ITSELF);
    WindowSpec sameKey = byKey(group).orderBy("source", "file", "record");
    Column detail =
        concat(
            lit("A record with the same key and the same available_at is already in "),
            first("file").over(sameKey),
            lit(", record "),
            first("record").over(sameKey),
            lit("."));
    return changed(
        records,
        row_number().over(sameKey).gt(1),
        RecordRows.REJECTED,
        lit(RejectReason.DUPLICATE_KEY.code()),
        detail);
  }

  /** Partitions by a hash first, because keys with a common beginning are slow to compare. */
  private static WindowSpec byKey(Column key) {
    return Window.partitionBy(xxhash64(key), key);
  }

  private static Dataset<Row> changed(
      Dataset<Row> records, Column condition, String outcome, Column code, Column detail) {
    return records
        .withColumn("changed", condition)
        .withColumn("detail", when(col("changed"), detail).otherwise(col("detail")))
        .withColumn("code", when(col("changed"), code).otherwise(col("code")))
        .withColumn("outcome", when(col("changed"), lit(outcome)).otherwise(col("outcome")))
        .withColumn("value", when(col("changed"), lit(null)).otherwise(col("value")))
        .drop("changed");
  }
}
