package io.trendflow.training;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Rows that many queries read and Spark computes once. */
public final class CachedRows {
  private CachedRows() {}

  /**
   * Returns the same rows, kept from their first use until they are unpersisted.
   *
   * <p>Their plan is a single step. Spark compares a query with the plans of all cached rows; with
   * the dozens of long plans of a backtest, that takes far longer than the queries themselves.
   */
  public static Dataset<Row> of(Dataset<Row> rows) {
    return rows.sparkSession()
        .createDataFrame(rows.toJavaRDD(), rows.schema())
        .persist(StorageLevel.MEMORY_AND_DISK());
  }
}
