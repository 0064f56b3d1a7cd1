package io.trendflow.ingestion;

import io.trendflow.schemas.Table;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The result of an ingest, not yet written. The records stay cached until it is closed.
 *
 * @param tables DAILY_SALES, SIGNALS, CATALOG and REJECTS with the contract's columns, without
 *     {@code ingest_id} and {@code ingested_on}; empty where no source feeds one
 * @param counts what was read and what became of it
 * @param cached what {@link #close} lets go
 */
public record CleanTables(
    Map<Table, Dataset<Row>> tables, IngestCounts counts, List<Dataset<Row>> cached)
    implements AutoCloseable {

  public CleanTables {
    tables = Map.copyOf(tables);
    cached = List.copyOf(cached);
  }

  /** The rows of one of the four tables. */
  public Dataset<Row> table(Table table) {
    Dataset<Row> rows = tables.get(table);
    if (rows == null) {
      throw new IllegalArgumentException(table + " is not a table that ingestion fills");
    }
    return rows;
  }

  @Override
  public void close() {
    cached.forEach(Dataset::unpersist);
  }
}
