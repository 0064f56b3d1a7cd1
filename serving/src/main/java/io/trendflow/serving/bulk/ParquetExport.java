package io.trendflow.serving.bulk;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.server.types.files.StreamedFile;
import io.trendflow.serving.store.RecordType;
import io.trendflow.serving.web.ProblemBody;
import io.trendflow.serving.web.ProblemException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** Writes records as a Parquet file, whose columns have the types of the table contracts. */
@Singleton
public final class ParquetExport {
  /** Media type as it is registered. */
  public static final String MEDIA_TYPE = "application/vnd.apache.parquet";

  private static final MediaType TYPE = MediaType.of(MEDIA_TYPE);

  /** Maximum number of rows, which can be written within the time limit of a request. */
  private static final int MOST_ROWS = 250_000;

  /** Number of decimals of amounts, as in the contracts. */
  private static final int SCALE = 9;

  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  /** A file is in memory while it is written, so that one is written at a time. */
  private final Semaphore turn = new Semaphore(1);

  private record Column<R>(String name, String type, Function<R, @Nullable Object> value) {}

  /** Returns whether the request's Accept header names the media type of Parquet. */
  public static boolean isAskedBy(HttpRequest<?> request) {
    return request.accept().contains(TYPE);
  }

  /**
   * Returns a file with a row for each record.
   *
   * @param columns names of the columns to write, in this order
   * @param derived columns with texts that are not components of the record, by name
   * @param name name of the file without its ending
   * @throws ProblemException status 503 while another file is written, 400 if there are too many
   *     rows
   */
  public <R extends Record> StreamedFile of(
      List<R> rows,
      Class<R> type,
      List<String> columns,
      Map<String, Function<R, @Nullable Object>> derived,
      String name) {
    if (rows.size() > MOST_ROWS) {
      throw new ProblemException(
          ProblemBody.of(
              HttpStatus.BAD_REQUEST,
              "A Parquet file has at most %,d rows, but the request is for %,d: add a filter, such as market or category, or query the table prediction.scores."
                  .formatted(MOST_ROWS, rows.size())));
    }
    if (!turn.tryAcquire()) {
      throw new ProblemException(
          ProblemBody.of(
              HttpStatus.SERVICE_UNAVAILABLE,
              "Another Parquet file is being written: try again in %d s."
                  .formatted(RETRY_AFTER.toSeconds())),
          RETRY_AFTER);
    }
    try {
      Path file = Files.createTempFile("trendflow-", ".parquet");
      try {
        RecordType<R> records = new RecordType<>(type);
        write(rows, columns.stream().map(c -> column(c, type, records, derived)).toList(), file);
        return new StreamedFile(
                Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE),
                MediaType.of(MEDIA_TYPE))
            .attach(name + ".parquet");
      } catch (IOException | SQLException | RuntimeException e) {
        Files.deleteIfExists(file);
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException("a Parquet file can't be written", e);
    } finally {
      turn.release();
    }
  }

  private static <R extends Record> Column<R> column(
      String name,
      Class<R> type,
      RecordType<R> records,
      Map<String, Function<R, @Nullable Object>> derived) {
    Function<R, @Nullable Object> text = derived.get(name);
    if (text != null) {
      return new Column<>(name, "VARCHAR", text);
    }
    int component = records.columns().indexOf(name);
    return new Column<>(
        name, sqlType(type.getRecordComponents()[component]), row -> records.get(row, component));
  }

  private static String sqlType(RecordComponent component) {
    return switch (component.getGenericType().getTypeName()) {
      case "java.lang.String" -> "VARCHAR";
      case "long", "java.lang.Long" -> "BIGINT";
      case "double", "java.lang.Double" -> "DOUBLE";
      case "boolean", "java.lang.Boolean" -> "BOOLEAN";
      case "java.math.BigDecimal" -> "DECIMAL(38, " + SCALE + ")";
      case "java.time.LocalDate" -> "DATE";
      case "java.util.List<java.lang.Double>" -> "DOUBLE[]";
      default ->
          throw new IllegalArgumentException(
              "a file can't have the column " + component.getName() + " of " + component.getType());
    };
  }

  private static <R> void write(List<R> rows, List<Column<R>> columns, Path file)
      throws SQLException {
    String definition =
        columns.stream()
            .map(column -> '"' + column.name() + "\" " + column.type())
            .collect(Collectors.joining(", "));
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET threads = 1"); // keeps the order, and leaves processors to others
      statement.execute("CREATE TABLE t (" + definition + ")");
      try (DuckDBAppender appender =
          connection.unwrap(DuckDBConnection.class).createAppender("t")) {
        for (R row : rows) {
          appender.beginRow();
          for (Column<R> column : columns) {
            append(appender, column.value().apply(row));
          }
          appender.endRow();
        }
      }
      statement.execute(
          "COPY t TO '" + file.toString().replace("'", "''") + "' (FORMAT parquet, CODEC zstd)");
    }
  }

  private static void append(DuckDBAppender to, @Nullable Object value) throws SQLException {
    if (value == null) {
      to.appendNull();
    } else if (value instanceof String text) {
      to.append(text);
    } else if (value instanceof Double number) {
      to.append(number.doubleValue());
    } else if (value instanceof Long number) {
      to.append(number.longValue());
    } else if (value instanceof Boolean truth) {
      to.append(truth.booleanValue());
    } else if (value instanceof BigDecimal amount) {
      to.append(amount.setScale(SCALE, RoundingMode.HALF_EVEN));
    } else if (value instanceof LocalDate day) {
      to.append(day);
    } else if (value instanceof Collection<?> list) {
      to.append(list);
    } else {
      throw new IllegalArgumentException("a file can't have a value of " + value.getClass());
    }
  }
}
