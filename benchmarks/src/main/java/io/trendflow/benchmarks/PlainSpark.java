package io.trendflow.benchmarks;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_date;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Equivalent of the job without TrendFlow: Spark's own CSV reader, which checks nothing. With an
 * output directory it writes sums by market, product and day there as Parquet; otherwise it only
 * reads.
 */
final class PlainSpark {
  private static final String SCHEMA =
      "order_id STRING, ordered_at TIMESTAMP, sku STRING, quantity INT, unit_price DECIMAL(10,2),"
          + " market STRING, name STRING";

  private PlainSpark() {}

  /**
   * Runs it; the arguments are the directory of CSV files and, optionally, the output directory.
   */
  public static void main(String... args) {
    try (SparkSession spark = session()) {
      System.err.println("[spark] ready");
      Dataset<Row> lines =
          spark.read().schema(SCHEMA).option("header", true).option("escape", "\"").csv(args[0]);
      if (args.length > 1) {
        dailySales(lines).write().parquet(args[1]);
      } else {
        lines.write().format("noop").mode("overwrite").save();
      }
      System.err.println("[spark] done");
    }
  }

  /** Returns a session with the settings of the jobs on one machine. */
  private static SparkSession session() {
    return SparkSession.builder()
        .appName("plain Spark")
        .master("local[*]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "8")
        .config("spark.sql.session.timeZone", "UTC")
        .getOrCreate();
  }

  private static Dataset<Row> dailySales(Dataset<Row> lines) {
    return lines
        .groupBy(col("market"), col("sku"), to_date(col("ordered_at")).as("day"))
        .agg(
            sum("quantity").as("units"),
            sum(col("quantity").multiply(col("unit_price"))).as("revenue"));
  }
}
