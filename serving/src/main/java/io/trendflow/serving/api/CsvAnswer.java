package io.trendflow.serving.api;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.trendflow.serving.store.RecordType;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Streams records as comma-separated values (RFC 4180, UTF-8), as fast as the client reads them. A
 * text that a spreadsheet would evaluate as a formula is prefixed with an apostrophe.
 */
public final class CsvAnswer {
  public static final String MEDIA_TYPE = "text/csv";
  private static final MediaType TYPE = MediaType.of(MEDIA_TYPE);

  private static final int ROWS = 200;

  private CsvAnswer() {}

  /** Returns whether the request's Accept header names text/csv. */
  static boolean isAskedBy(HttpRequest<?> request) {
    return request.accept().contains(TYPE);
  }

  /**
   * Returns a header line and a line for each row; rows are read while the stream is read.
   *
   * @param columns names of the columns to write, in this order
   * @param derived columns that are not components of the record, by name
   */
  @SuppressWarnings("JdkObsolete") // what SequenceInputStream takes
  static <R extends Record> InputStream of(
      List<R> rows,
      Class<R> type,
      List<String> columns,
      Map<String, Function<R, @Nullable Object>> derived) {
    RecordType<R> records = new RecordType<>(type);
    List<Function<R, @Nullable Object>> chosen =
        columns.stream().map(column -> column(column, records, derived)).toList();
    Stream<InputStream> header = Stream.of(lines(List.of(columns)));
    Stream<InputStream> parts =
        IntStream.range(0, (rows.size() + ROWS - 1) / ROWS)
            .mapToObj(part -> rows.subList(part * ROWS, Math.min(rows.size(), (part + 1) * ROWS)))
            .map(some -> lines(some.stream().map(row -> cells(row, chosen)).toList()));
    Iterator<InputStream> all = Stream.concat(header, parts).iterator();
    return new SequenceInputStream(
        new Enumeration<>() {
          @Override
          public boolean hasMoreElements() {
            return all.hasNext();
          }

          @Override
          public InputStream nextElement() {
            return all.next();
          }
        });
  }

  private static InputStream lines(List<List<String>> lines) {
    StringWriter text = new StringWriter();
    CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).bufferSize(0).build(text);
    lines.forEach(csv::writeRecord);
    return new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static <R extends Record> Function<R, @Nullable Object> column(
      String name, RecordType<R> type, Map<String, Function<R, @Nullable Object>> derived) {
    int component = type.columns().indexOf(name);
    return component < 0
        ? Objects.requireNonNull(derived.get(name))
        : row -> type.get(row, component);
  }

  private static <R> List<String> cells(R row, List<Function<R, @Nullable Object>> chosen) {
    return chosen.stream().map(column -> cell(column.apply(row))).toList();
  }

  /** Returns the text of a cell; the elements of a list are separated by semicolons. */
  private static String cell(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    String text = value instanceof List<?> list ? joined(list) : value.toString();
    boolean formula = !(value instanceof Number) && !text.isEmpty() && isFormula(text.charAt(0));
    return formula ? "'" + text : text;
  }

  private static String joined(List<?> list) {
    return list.stream().map(Objects::toString).collect(Collectors.joining("; "));
  }

  private static boolean isFormula(char first) {
    return "=+-@\t\r\n＝＋－＠".indexOf(first) >= 0;
  }
}
