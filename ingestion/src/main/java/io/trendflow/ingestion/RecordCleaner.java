package io.trendflow.ingestion;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Decides on every record of one file: does it count, is it left out, is it a defect. */
final class RecordCleaner {
  private final Header header;
  private final List<BoundFilter> filters = new ArrayList<>();
  private final RecordMapper mapper;
  private final List<String> mapped;
  private final int[] positions;

  RecordCleaner(FileTask task, Header header) throws Refusal {
    this.header = header;
    for (FilterConfig filter : task.source().filters()) {
      filters.add(new BoundFilter(filter, task.source(), header));
    }
    this.mapper =
        switch (task.source().kind()) {
          case SALES -> new SalesMapper(task, header);
          case CATALOG -> new CatalogMapper(task, header);
          case TRENDS -> new TrendsMapper(task, header);
        };
    this.mapped = mapped(task.source(), header);
    this.positions = header.present(mapped);
  }

  /**
   * @throws Refusal if the record shows that the whole file cannot be taken
   */
  Cleaned clean(String[] record) throws Refusal {
    if (record.length != header.size()) {
      return new Cleaned.Rejected(
          Reason.COLUMN_COUNT,
          "The record has " + record.length + " fields, the header has " + header.size() + ".");
    }
    for (BoundFilter filter : filters) {
      if (filter.excludes(record)) {
        return new Cleaned.Excluded(filter.rule());
      }
    }
    try {
      return mapper.map(record);
    } catch (Defect e) {
      return e.rejected();
    }
  }

  /** The mapped columns of a record as they were read, as rows of name and text. */
  Row[] fields(String[] record) {
    Row[] fields = new Row[positions.length];
    for (int i = 0; i < fields.length; i++) {
      String text = positions[i] < record.length ? record[positions[i]] : null;
      fields[i] = RowFactory.create(mapped.get(i), text);
    }
    return fields;
  }

  /** What the file has of the columns that the configuration names. */
  private static List<String> mapped(SourceConfig source, Header header) {
    Set<String> columns = new LinkedHashSet<>();
    source.columns().values().forEach(column -> columns.addAll(column.column()));
    columns.addAll(source.keywords());
    columns.addAll(source.attributes());
    source.filters().forEach(filter -> columns.addAll(filter.column()));
    columns.retainAll(header.columns());
    return List.copyOf(columns);
  }
}
