package io.trendflow.jobs.store;

import static org.apache.spark.sql.functions.col;

import io.trendflow.schemas.Table;
import io.trendflow.schemas.Visibility;
import io.trendflow.schemas.Visibility.IngestRow;
import io.trendflow.schemas.Visibility.RunRow;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
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

  /** Returns the rows of {@code prediction.runs} whose runs are visible. */
  public static Stream<Row> visibleRuns(TableStore store) {
    List<Row> rows = store.read(Table.RUNS).collectAsList();
    Set<String> visible = Visibility.runs(rows.stream().map(VisibilityRows::run).toList());
    return rows.stream().filter(run -> visible.contains(run.<String>getAs("run_id")));
  }

  /** Returns a row of {@code prediction.runs}. */
  public static RunRow run(Row row) {
    return new RunRow(row.getAs("run_id"), row.getAs("retracted"), row.getAs("hindsight"));
  }
}
