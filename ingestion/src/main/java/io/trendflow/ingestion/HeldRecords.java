package io.trendflow.ingestion;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records that are in memory, because what they mean depends on the whole of their file. */
final class HeldRecords implements RecordFile {
  private final Header header;
  private final Iterator<String[]> records;

  HeldRecords(Header header, List<String[]> records) {
    this.header = header;
    this.records = records.iterator();
  }

  @Override
  public Header header() {
    return header;
  }

  @Override
  public String @Nullable [] next() {
    return records.hasNext() ? records.next() : null;
  }

  @Override
  public void close() {
    // Their file was closed when it had been read.
  }
}
