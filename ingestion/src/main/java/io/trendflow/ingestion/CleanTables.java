package io.trendflow.ingestion;

import io.trendflow.schemas.Table;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Tables of an ingest before they are written. The records stay cached until this object is closed.
 *
 * @param tables DAILY_SALES, SIGNALS, CATALOG, STOCK_LEVELS, CALENDAR and REJECTS with the
 *     contract's columns, without {@code ingest_id} and {@code ingested_on}; empty where no source
 *     feeds one
 * @param counts records read, accepted, excluded and rejected
 * @param cached datasets that {@link #close} removes from the cache
 */
public record CleanTables(
    Map<Table, Dataset<Row>> tables, IngestCounts counts, List<Dataset<Row>> cached)
    implements AutoCloseable {

  public CleanTables {
    tables = Map.copyOf(tables);
    cached = List.copyOf(cached);
  }

  /** Returns the rows of one of the tables. */
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
