package io.trendflow.examples;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Writes a CSV file in UTF-8, compressed if its name ends in .gz. */
final class CsvFileWriter implements AutoCloseable {
  private final List<String> columns;
  private final Writer writer;

  CsvFileWriter(Path file, List<String> columns) throws IOException {
    this.columns = columns;
    Files.createDirectories(file.toAbsolutePath().getParent());
    var bytes = Files.newOutputStream(file);
    var stream = file.toString().endsWith(".gz") ? new GZIPOutputStream(bytes, 1 << 16) : bytes;
    writer = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), 1 << 16);
    write(CsvRow.header(columns));
  }

  void write(CsvRow row) throws IOException {
    writer.write(row.text());
  }

  void write(List<CsvRow> rows) throws IOException {
    for (CsvRow row : rows) {
      write(row);
    }
  }

  /** Writes values in the order of the columns. */
  void writeValues(Object... values) throws IOException {
    write(new CsvRow(columns, Arrays.stream(values).map(String::valueOf).toList()));
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
