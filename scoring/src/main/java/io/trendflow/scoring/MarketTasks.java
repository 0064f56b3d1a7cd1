package io.trendflow.scoring;

import org.apache.spark.sql.SparkSession;

/** Number of tasks over which the rows of one market are spread. */
public final class MarketTasks {
  /** Shuffle partitions of a small shop, whose markets are small enough for one task each. */
  private static final int SMALL_SHOP = 8;

  private MarketTasks() {}

  /**
   * Returns the number of shuffle partitions, which follows the size of the data, or 1 if there are
   * no more than 8, up to 4.5 million rows of sales: spreading the rows takes Spark jobs of its
   * own.
   */
  public static int of(SparkSession spark) {
    int partitions = Integer.parseInt(spark.conf().get("spark.sql.shuffle.partitions"));
    return partitions > SMALL_SHOP ? partitions : 1;
  }
}
