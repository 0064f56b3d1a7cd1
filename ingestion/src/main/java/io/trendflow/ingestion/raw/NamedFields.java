package io.trendflow.ingestion.raw;

import io.trendflow.ingestion.config.SourceConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Fields of records in a format without header. The columns are those that the configuration names;
 * a field that a record does not have is empty. A required name that no record has is a mistake in
 * the configuration.
 */
final class NamedFields {
  private final FileHeader header;
  private final List<List<String>> needed;
  private final boolean[] seen;
  private long records;

  NamedFields(RawFile file, SourceConfig source) {
    this.header = new FileHeader(file, source.fileColumns().toArray(String[]::new));
    this.needed = source.neededColumns();
    this.seen = new boolean[header.size()];
  }

  FileHeader header() {
    return header;
  }

  long records() {
    return records;
  }

  /** Returns the fields of one record, in the order of the header. */
  String[] record(Function<String, @Nullable String> field) {
    List<String> texts = new ArrayList<>(seen.length);
    for (int i = 0; i < seen.length; i++) {
      String text = field.apply(header.columns().get(i));
      seen[i] |= text != null;
      texts.add(text == null ? "" : text);
    }
    records++;
    return texts.toArray(String[]::new);
  }

  /**
   * Rejects the file if no record has a required name; callers call this at the end of the file.
   */
  void checkNames() throws FileRejectedException {
    for (List<String> alternatives : needed) {
      boolean found = alternatives.stream().anyMatch(name -> seen[header.columns().indexOf(name)]);
      if (records > 0 && !found) {
        throw new FileRejectedException(
            header.file().label()
                + " has no record with "
                + String.join(" or ", alternatives)
                + ": correct the name in the source's columns.");
      }
    }
  }
}
