package io.trendflow.jobs.store;

import static org.apache.spark.sql.functions.col;

import io.trendflow.schemas.Visibility;
import io.trendflow.schemas.Visibility.IngestRow;
import io.trendflow.schemas.Visibility.RunRow;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Collects from rows of a commit table the columns that {@link Visibility} decides by. */
public final class VisibilityRows {
  private VisibilityRows() {}

  /** Returns the rows of {@code quality.ingests}. */
  public static List<IngestRow> ingests(Dataset<Row> rows) {
    return rows.select(col("ingest_id"), col("supersedes")).collectAsList().stream()
        .map(row -> new IngestRow(row.getString(0), row.getList(1)))
        .toList();
  }

  /** Returns the rows of {@code prediction.runs}. */
  public static List<RunRow> runs(Dataset<Row> rows) {
    return rows.select(col("run_id"), col("retracted"), col("hindsight")).collectAsList().stream()
        .map(VisibilityRows::run)
        .toList();
  }

  /** Returns a row of {@code prediction.runs}. */
  public static RunRow run(Row row) {
    return new RunRow(row.getAs("run_id"), row.getAs("retracted"), row.getAs("hindsight"));
  }
}
