package io.trendflow.jobs.store;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.google.cloud.spark.bigquery.repackaged.com.google.cloud.bigquery.FieldValueList;
import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableLayout;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.spark.sql.Column;

/**
 * Row of a commit table.
 *
 * @param id id of the batch or event, as {@link TableLayout} names it
 * @param batch value of the batch column in the batch's rows
 * @param day partition of the row
 * @param row condition that matches the row itself in the commit table
 * @param supersedes the ingests that it replaces
 */
record BatchCommit(String id, String batch, LocalDate day, Column row, List<String> supersedes) {

  /** Returns the columns that {@link #of} reads. */
  static String columns(Table commitTable) {
    return switch (commitTable) {
      case INGESTS -> "ingest_id, ingested_on, supersedes";
      case RUNS -> "run_id, as_of, retracted, published_at";
      case MODELS -> "backtest_id, changed_on, event, changed_at";
      case MONITORS -> "monitor_id, as_of";
      case DECISIONS -> "decision_id, decided_on";
      case PLANS -> "plan_id, made_on";
      default -> throw new IllegalArgumentException(commitTable + " is not a commit table.");
    };
  }

  static BatchCommit of(Table commitTable, FieldValueList row) {
    String batch = row.get(0).getStringValue();
    LocalDate day = LocalDate.parse(row.get(1).getStringValue());
    return switch (commitTable) {
      case INGESTS ->
          new BatchCommit(
              batch,
              batch,
              day,
              col("ingest_id").equalTo(batch),
              row.get(2).getRepeatedValue().stream().map(v -> v.getStringValue()).toList());
      case MONITORS, DECISIONS, PLANS ->
          new BatchCommit(
              batch, batch, day, col(commitTable.batchColumn()).equalTo(batch), List.of());
      case RUNS -> {
        boolean retracted = row.get(2).getBooleanValue();
        yield event("run_id", batch, day, retracted ? "retracted" : "", "published_at", row);
      }
      default -> {
        String event = row.get(2).getStringValue();
        String later = event.equals("backtested") ? "" : event;
        yield event("backtest_id", batch, day, later, "changed_at", row);
      }
    };
  }

  // event is empty for the row that commits the batch.
  private static BatchCommit event(
      String batchColumn,
      String batch,
      LocalDate day,
      String event,
      String timeColumn,
      FieldValueList row) {
    Instant time = Instant.EPOCH.plus(row.get(3).getTimestampValue(), ChronoUnit.MICROS);
    Column itself = col(batchColumn).equalTo(batch).and(col(timeColumn).equalTo(lit(time)));
    String id = event.isEmpty() ? batch : TableLayout.event(batch, event, time);
    return new BatchCommit(id, batch, day, itself, List.of());
  }
}
