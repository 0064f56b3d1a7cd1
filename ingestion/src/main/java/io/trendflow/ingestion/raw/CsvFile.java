package io.trendflow.ingestion.raw;

import io.trendflow.ingestion.config.FormatConfig;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** Delimited text whose first line is the header. */
public final class CsvFile implements RecordFile {
  private final CsvLines lines;
  private final FileHeader header;

  public CsvFile(RawFile file, FormatConfig format, Configuration hadoop)
      throws FileRejectedException {
    this.lines = new CsvLines(file, format, hadoop);
    String[] names = lines.next();
    if (names == null) {
      throw new FileRejectedException(
          file.label() + " is empty: it needs a header line; remove it or replace it.");
    }
    this.header = new FileHeader(file, names);
  }

  @Override
  public FileHeader header() {
    return header;
  }

  /** Returns the next record; blank lines are skipped. */
  @Override
  public String @Nullable [] next() throws FileRejectedException {
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
