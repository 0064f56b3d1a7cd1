package io.trendflow.jobs.command;

import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/**
 * Chooses the number of partitions of a shuffle by the amount of data, unless the user has set it.
 * It never depends on the number of cores, so that every machine adds sums in the same order.
 */
public final class ShufflePartitions {
  /** Partitions of a small shop: more would only take time to schedule. */
  static final int FEWEST = 8;

  /** Rows of daily sales of a task for one day, which takes a second; less does not pay off. */
  private static final long ROWS_OF_DAY = 100_000;

  private static final int FEWEST_OF_DAY = 2;

  /** Above this number, the files of a shuffle become too small to read. */
  static final int MOST = 4_000;

  /** Rows of daily sales that a task sums or sorts in the memory that it has by default. */
  private static final long ROWS = 500_000;

  private static final String PARTITIONS = "spark.sql.shuffle.partitions";
  private static final String BY_SIZE = "spark.trendflow.shufflePartitionsBySize";

  private ShufflePartitions() {}

  /** Notes in a new session's configuration whether the user has left the number to the jobs. */
  static void configure(SparkConf conf) {
    conf.setIfMissing(BY_SIZE, Boolean.toString(!conf.contains(PARTITIONS)));
    conf.setIfMissing(PARTITIONS, Integer.toString(FEWEST));
  }

  /** Sets the number for the shuffles of a job that reads this many rows of sales. */
  public static void set(SparkSession spark, long rows) {
    set(spark, of(rows));
  }

  /** Sets the number for a job that reads this many rows of sales to describe one day only. */
  public static void setForDay(SparkSession spark, long rows) {
    set(spark, ofDay(rows));
  }

  private static void set(SparkSession spark, int partitions) {
    if (Boolean.parseBoolean(spark.conf().get(BY_SIZE, "false"))) {
      spark.conf().set(PARTITIONS, Integer.toString(partitions));
    }
  }

  static int of(long rows) {
    return (int) Math.max(FEWEST, Math.min(MOST, rows / ROWS));
  }

  static int ofDay(long rows) {
    return rows < FEWEST * ROWS_OF_DAY
        ? (int) Math.max(FEWEST_OF_DAY, rows / ROWS_OF_DAY)
        : of(rows);
  }
}
