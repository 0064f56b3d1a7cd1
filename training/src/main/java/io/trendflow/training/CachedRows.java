package io.trendflow.training;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Rows that many queries read, computed once. */
public final class CachedRows {
  private CachedRows() {}

  /**
   * The same rows, kept from their first use until they are unpersisted.
   *
   * <p>Their plan is a single step. Spark compares a query with the plan of everything that is
   * kept; with the dozens of long plans of a backtest that takes far longer than the queries do.
   */
  public static Dataset<Row> of(Dataset<Row> rows) {
    return rows.sparkSession()
        .createDataFrame(rows.toJavaRDD(), rows.schema())
        .persist(StorageLevel.MEMORY_AND_DISK());
  }
}
