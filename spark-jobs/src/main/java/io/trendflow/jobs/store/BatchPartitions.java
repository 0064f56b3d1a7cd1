package io.trendflow.jobs.store;

import io.trendflow.schemas.Table;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Spreads the rows of a batch over few partitions, each of which becomes a file. */
final class BatchPartitions {
  private BatchPartitions() {}

  /**
   * Returns the rows in partitions of a good size for a file. Rebalancing lets Spark choose their
   * number once it knows the size. Unlike coalesce, it doesn't slow down the stages before it.
   */
  static Dataset<Row> of(Dataset<Row> rows, Table table) {
    // An ingest has just shuffled the daily sales to sum them, and Spark has chosen the partitions
    // then. They are the largest table, so that a second shuffle would take as long as the first.
    return table == Table.DAILY_SALES ? rows : rows.hint("rebalance");
  }
}
