package io.trendflow.features;

import static org.apache.spark.sql.functions.col;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.LogicalRDD;
import org.apache.spark.storage.StorageLevel;

/** Rows that many queries read and Spark computes once. */
public final class CachedRows {
  private CachedRows() {}

  /**
   * Returns the same rows, kept from their first use until they are {@link #release released}.
   *
   * <p>They are kept as rows behind a shuffle, in place of {@link Dataset#persist}. Spark sends all
   * steps since the last shuffle with each stage, which for feature rows is a megabyte; it compares
   * a query with the plans of all persisted datasets, which takes longer than the queries of a
   * backtest; and it reads the hundred columns of a persisted dataset more slowly than rows. Rows
   * that do not fit into memory are read from the files of the shuffle again, which is faster than
   * to write them to disk once more.
   *
   * @param rows rows with the columns market and product_id
   */
  public static Dataset<Row> of(Dataset<Row> rows) {
    Dataset<Row> shuffled = rows.repartition(col("market"), col("product_id"));
    JavaRDD<InternalRow> kept =
        shuffled
            .queryExecution()
            .toRdd()
            .toJavaRDD()
            .map(InternalRow::copy)
            .persist(StorageLevel.MEMORY_ONLY());
    return rows.sparkSession().internalCreateDataFrame(kept.rdd(), shuffled.schema(), false);
  }

  /** Removes the rows of {@link #of} from memory. */
  public static void release(Dataset<Row> kept) {
    ((LogicalRDD) kept.queryExecution().logical()).rdd().unpersist(false);
  }
}
