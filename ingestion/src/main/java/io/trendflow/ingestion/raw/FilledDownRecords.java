package io.trendflow.ingestion.raw;

import io.trendflow.ingestion.config.FillDownConfig;
import org.jspecify.annotations.Nullable;

/** Records whose empty fields are filled from the previous record with the same key. */
public final class FilledDownRecords implements RecordFile {
  private final RecordFile file;
  private final int key;
  private final int[] columns;
  private String @Nullable [] before;

  public FilledDownRecords(RecordFile file, FillDownConfig config) throws FileRejectedException {
    this.file = file;
    this.key = file.header().index(config.key());
    this.columns = file.header().present(config.columns());
  }

  @Override
  public FileHeader header() {
    return file.header();
  }

  @Override
  public String @Nullable [] next() throws FileRejectedException {
    String[] record = file.next();
    if (record == null || record.length != header().size()) {
      return record;
    }
    if (before != null && before[key].equals(record[key])) {
      for (int column : columns) {
        record[column] = record[column].isBlank() ? before[column] : record[column];
      }
    }
    before = record;
    return record;
  }

  @Override
  public void close() {
    file.close();
  }
}
