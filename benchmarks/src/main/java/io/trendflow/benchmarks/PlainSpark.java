package io.trendflow.benchmarks;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_date;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What one would write without TrendFlow: Spark's own CSV reader, which checks nothing. With an
 * output folder it sums by market, product and day into Parquet there; without, it only reads.
 */
final class PlainSpark {
  private static final String SCHEMA =
      "order_id STRING, ordered_at TIMESTAMP, sku STRING, quantity INT, unit_price DECIMAL(10,2),"
          + " market STRING, name STRING";

  private PlainSpark() {}

  /** The folder of CSV files, then perhaps the folder of the output. */
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

  /** With the settings that the jobs have on one machine. */
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
