package io.trendflow.ingestion.clean;

import io.trendflow.ingestion.config.FilterConfig;
import io.trendflow.ingestion.config.SourceConfig;
import io.trendflow.ingestion.raw.FileHeader;
import io.trendflow.ingestion.raw.FileRejectedException;
import io.trendflow.ingestion.raw.FileTask;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Cleans the records of one file: accepts, excludes or rejects each. */
public final class RecordCleaner {
  private final FileHeader header;
  private final List<BoundFilter> filters = new ArrayList<>();
  private final RecordMapper mapper;
  private final List<String> mapped;
  private final int[] positions;

  public RecordCleaner(FileTask task, FileHeader header) throws FileRejectedException {
    this.header = header;
    for (FilterConfig filter : task.source().filters()) {
      filters.add(new BoundFilter(filter, task.source(), header));
    }
    this.mapper =
        switch (task.source().kind()) {
          case SALES -> new SalesMapper(task, header);
          case CATALOG -> new CatalogMapper(task, header);
          case TRENDS -> new TrendsMapper(task, header);
          case STOCK -> new StockMapper(task, header);
          case CALENDAR -> new CalendarMapper(task, header);
        };
    this.mapped = mapped(task.source(), header);
    this.positions = header.present(mapped);
  }

  /**
   * Maps and checks a record.
   *
   * @throws FileRejectedException if the record shows that the file must be rejected as a whole
   */
  public CleanedRecord clean(String[] record) throws FileRejectedException {
    if (record.length != header.size()) {
      return new CleanedRecord.Rejected(
          RejectReason.COLUMN_COUNT,
          "The record has " + record.length + " fields, the header has " + header.size() + ".");
    }
    for (BoundFilter filter : filters) {
      if (filter.excludes(record)) {
        return new CleanedRecord.Excluded(filter.rule());
      }
    }
    try {
      return mapper.map(record);
    } catch (RecordDefectException e) {
      return e.rejected();
    }
  }

  /** Returns the mapped columns of a record as they were read, as rows of name and text. */
  public Row[] fields(String[] record) {
    Row[] fields = new Row[positions.length];
    for (int i = 0; i < fields.length; i++) {
      String text = positions[i] < record.length ? record[positions[i]] : null;
      fields[i] = RowFactory.create(mapped.get(i), text);
    }
    return fields;
  }

  /** Returns the columns of the file that the configuration names. */
  private static List<String> mapped(SourceConfig source, FileHeader header) {
    Set<String> columns = new LinkedHashSet<>();
    source.columns().values().forEach(column -> columns.addAll(column.column()));
    columns.addAll(source.keywords());
    columns.addAll(source.attributes());
    source.filters().forEach(filter -> columns.addAll(filter.column()));
    columns.retainAll(header.columns());
    return List.copyOf(columns);
  }
}
