package io.trendflow.jobs.store;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.execution.LogicalRDD;

/** Spreads the rows of a batch over few partitions, each of which becomes a file. */
final class BatchPartitions {
  private BatchPartitions() {}

  /**
   * Returns the rows in partitions of a good size for a file. Rebalancing lets Spark choose their
   * number once it knows the size. Unlike coalesce, it doesn't slow down the stages before it. Few
   * rows are one partition.
   */
  static Dataset<Row> of(Dataset<Row> rows) {
    if (SmallQueries.areSmall(rows.sparkSession())) {
      return rows.repartition(1);
    }
    return isSummed(rows.queryExecution().analyzed()) ? rows : rows.hint("rebalance");
  }

  // Sums come out of a shuffle whose partitions Spark has just chosen by their size, also those of
  // an RDD, which are sums of sales. Another shuffle of the largest table would take as long.
  private static boolean isSummed(LogicalPlan plan) {
    LogicalPlan source = plan;
    while (source instanceof Project columns) {
      source = columns.child();
    }
    return source instanceof Aggregate || source instanceof LogicalRDD;
  }
}
