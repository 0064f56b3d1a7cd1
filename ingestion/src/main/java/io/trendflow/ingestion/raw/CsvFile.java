package io.trendflow.ingestion.raw;

import io.trendflow.ingestion.config.FormatConfig;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** Delimited text whose first line is the header, apart from lines that the format skips. */
public final class CsvFile implements RecordFile {
  private final CsvLines lines;
  private final FileHeader header;
  private final int last;

  /** Records that may be among the last lines, which are not read. */
  private final Deque<String[]> waiting = new ArrayDeque<>();

  public CsvFile(RawFile file, FormatConfig format, Configuration hadoop)
      throws FileRejectedException {
    this.lines = new CsvLines(file, format, hadoop);
    String[] names = lines.next();
    if (names == null) {
      throw new FileRejectedException(
          file.label() + " is empty: it needs a header line; remove it or replace it.");
    }
    this.header = new FileHeader(file, names);
    this.last = format.skipLastLines();
  }

  @Override
  public FileHeader header() {
    return header;
  }

  /**
   * Returns the next record. Blank lines are skipped, and so are lines of at least three empty
   * fields, which spreadsheets write between and below tables.
   */
  @Override
  public String @Nullable [] next() throws FileRejectedException {
    String[] fields = nextLine();
    while (fields != null && waiting.size() < last) {
      waiting.add(fields);
      fields = nextLine();
    }
    if (fields == null || last == 0) {
      return fields;
    }
    waiting.add(fields);
    return waiting.remove();
  }

  private String @Nullable [] nextLine() throws FileRejectedException {
    String[] fields = lines.next();
    while (fields != null && header.size() > 1 && isBlank(fields)) {
      fields = lines.next();
    }
    return fields;
  }

  private static boolean isBlank(String[] fields) {
    if (fields.length == 2) {
      return false;
    }
    for (String field : fields) {
      if (!field.isBlank()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    lines.close();
  }
}
