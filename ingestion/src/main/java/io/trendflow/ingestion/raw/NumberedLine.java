package io.trendflow.ingestion.raw;

import java.util.List;

/**
 * Line of a table.
 *
 * @param number ordinal of the line in its file, from 1
 */
public record NumberedLine(long number, List<String> fields) {
  /** Returns how many fields have a text. */
  public long filled() {
    return fields.stream().filter(field -> !field.isBlank()).count();
  }
}
