package io.trendflow.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.ingestion.config.SourceKind;
import io.trendflow.ingestion.raw.RawFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Real file for one try of a property, and the outcomes of its records. */
final class TemporaryRaw {
  /** Writes the file into a folder. */
  interface Writer {
    void write(Path file) throws IOException;
  }

  private TemporaryRaw() {}

  static List<Row> rows(String source, String name, byte[] bytes) {
    return rows(source, name, file -> Files.write(file, bytes));
  }

  static List<Row> rows(String source, String name, Writer writer) {
    try {
      Path folder = Files.createTempDirectory("raw");
      try {
        writer.write(folder.resolve(name));
        return new RawFolder(folder).source("s", source).rows();
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a table into a file and returns the outcome of every line. */
  static List<Object> outcomes(
      Layout layout,
      List<String> header,
      List<List<Cell>> lines,
      String source,
      SourceKind kind,
      String columns) {
    byte[] bytes = layout.bytes(header, lines.stream().map(Cells::written).toList());
    return outcomes(rows(source, layout.file(), bytes), kind, columns);
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /**
   * Returns the outcome of every record: the named values of an accepted record, otherwise its
   * outcome and code. Checks that the rows are numbered, add up and end correctly.
   */
  static List<Object> outcomes(List<Row> rows, SourceKind kind, String columns) {
    Row last = rows.get(rows.size() - 1);
    assertThat(last.getString(3)).as(last.getString(5)).isEqualTo(RecordRows.READ);
    assertThat(last.getLong(2)).isEqualTo(rows.size() - 1L);
    for (int i = 0; i < rows.size() - 1; i++) {
      assertThat(rows.get(i).getLong(2)).isEqualTo(i + 1L);
    }
    return rows.subList(0, rows.size() - 1).stream()
        .map(row -> outcome(row, kind, columns))
        .toList();
  }

  private static Object outcome(Row row, SourceKind kind, String columns) {
    String outcome = row.getString(3);
    Row value = row.getStruct(8);
    assertThat(value != null).isEqualTo(outcome.equals(RecordRows.ACCEPTED));
    if (value == null) {
      assertThat(outcome).isIn(RecordRows.EXCLUDED, RecordRows.REJECTED);
      return outcome + " " + row.getString(4);
    }
    List<String> names = List.of(CleanedRecords.value(kind).fieldNames());
    List<@Nullable Object> values = new ArrayList<>();
    for (String column : columns.split(" ", -1)) {
      values.add(plain(value.get(names.indexOf(column))));
    }
    return values;
  }

  /** Converts arrays to lists, which can be compared. */
  private static @Nullable Object plain(@Nullable Object value) {
    return value instanceof Object[] array ? Arrays.asList(array) : value;
  }
}
