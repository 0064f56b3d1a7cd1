package io.trendflow.ingestion;

import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** Delimited text whose first line is the header. */
final class CsvFile implements RecordFile {
  private final CsvLines lines;
  private final Header header;

  CsvFile(RawFile file, FormatConfig format, Configuration hadoop) throws Refusal {
    this.lines = new CsvLines(file, format, hadoop);
    String[] names = lines.next();
    if (names == null) {
      throw new Refusal(
          file.label() + " is empty: it needs a header line; remove it or replace it.");
    }
    this.header = new Header(file, names);
  }

  @Override
  public Header header() {
    return header;
  }

  /** Blank lines are no record. */
  @Override
  public String @Nullable [] next() throws Refusal {
    String[] fields = lines.next();
    while (fields != null && header.size() > 1 && fields.length == 1 && fields[0].isBlank()) {
      fields = lines.next();
    }
    return fields;
  }

  @Override
  public void close() {
    lines.close();
  }
}
