package io.trendflow.ingestion;

import static org.apache.spark.sql.functions.xxhash64;

import io.trendflow.ingestion.config.RecordPeriod;
import io.trendflow.ingestion.config.SourceConfig;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;
import org.apache.spark.unsafe.types.UTF8String;

/** Aggregates sales lines into the rows of {@code sales_history.daily_sales}. */
public final class DailySales {
  private DailySales() {}

  /**
   * Sums the lines by source, market (which has one currency), product, day and the time at which a
   * row became known: rows of a later pull are a separate revision. Money is null if a line of
   * units has no price, because the sum would be too low. Orders are the distinct order numbers
   * with a sold unit; a line without order number counts as one order. Sums over lines that damp
   * bulk purchases are kept beside the units, because a day's total cannot give them later.
   *
   * <p>The lines are shuffled and sorted once. Spark's own aggregation needed a further shuffle for
   * each distinct count, and looked up each line in a table of sums before and after the shuffle,
   * although an export seldom has two lines of a product and day beside each other.
   */
  public static Dataset<Row> of(Dataset<Row> lines, Map<String, SourceConfig> sources) {
    Column[] key = columns(Arrays.stream(DayTotals.KEY));
    Set<UTF8String> totalled = named(sources, DailySales::isTotal);
    Set<UTF8String> withCustomers = named(sources, source -> source.gives("customer_id"));
    JavaRDD<InternalRow> sums =
        lines
            .withColumnRenamed("day", "sale_date")
            .withColumn("key_hash", xxhash64(key))
            .select(
                columns(
                    Stream.of(
                            Stream.of("key_hash"),
                            Arrays.stream(DayTotals.KEY),
                            Arrays.stream(DayTotals.VALUES))
                        .flatMap(names -> names)))
            .repartition(key)
            // The order of one number is fast to find; that of the key's texts takes five times as
            // long.
            .sortWithinPartitions("key_hash")
            .queryExecution()
            .toRdd()
            .toJavaRDD()
            .mapPartitions(sorted -> new SummedLines(sorted, totalled, withCustomers));
    return lines.sparkSession().internalCreateDataFrame(sums.rdd(), DayTotals.SCHEMA, false);
  }

  private static Column[] columns(Stream<String> names) {
    return names.map(functions::col).toArray(Column[]::new);
  }

  /** Returns whether the records of a source are totals of several days. */
  private static boolean isTotal(SourceConfig source) {
    return source.period() != RecordPeriod.DAY && !source.gives("order_id");
  }

  private static Set<UTF8String> named(
      Map<String, SourceConfig> sources, Predicate<SourceConfig> condition) {
    return sources.entrySet().stream()
        .filter(source -> condition.test(source.getValue()))
        .map(source -> UTF8String.fromString(source.getKey()))
        .collect(Collectors.toUnmodifiableSet());
  }
}
