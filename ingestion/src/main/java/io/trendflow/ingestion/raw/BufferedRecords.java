package io.trendflow.ingestion.raw;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records in memory, for formats whose records depend on the whole file. */
public final class BufferedRecords implements RecordFile {
  private final FileHeader header;
  private final Iterator<String[]> records;

  public BufferedRecords(FileHeader header, List<String[]> records) {
    this.header = header;
    this.records = records.iterator();
  }

  @Override
  public FileHeader header() {
    return header;
  }

  @Override
  public String @Nullable [] next() {
    return records.hasNext() ? records.next() : null;
  }

  @Override
  public void close() {
    // The file was closed after it had been read.
  }
}
