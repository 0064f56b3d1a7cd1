package io.trendflow.serving.store;

import static java.util.stream.Collectors.joining;

import io.trendflow.history.DayRange;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.StringJoiner;
import java.util.function.Consumer;
import org.duckdb.DuckDBDriver;

/** Reads the Parquet files of one folder by an embedded DuckDB, which can access nothing else. */
final class ParquetReader implements AutoCloseable {
  private static final String ROWS = "read_parquet(?, union_by_name = true)";
  private static final String FILES = " FROM " + ROWS;

  private static final String LAST_DAY = "sale_date + (period_days - 1)::INTEGER";

  private static final Properties STREAMED = new Properties();

  static {
    STREAMED.put(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
  }

  private final String root;
  private final Connection connection;

  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  /**
   * Starts DuckDB.
   *
   * @param single whether one thread is enough, because few rows are read; it then leaves the other
   *     processors to other requests
   */
  ParquetReader(Path folder, boolean single) throws UnreadableException {
    root = folder + "/";
    try {
      connection = DriverManager.getConnection("jdbc:duckdb:", STREAMED);
      confine(single);
    } catch (SQLException e) {
      throw new UnreadableException("DuckDB can't be started: " + sentence(e), e);
    }
  }

  /** Denies DuckDB other files, the network, extensions and any change of these settings. */
  private void confine(boolean single) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (single) {
        statement.execute("SET threads = 1");
      }
      statement.execute("SET allowed_directories = ['" + root.replace("'", "''") + "']");
      statement.execute("SET enable_external_access = false");
      statement.execute("SET lock_configuration = true");
    }
  }

  /**
   * Passes the selected rows of the files to a consumer.
   *
   * @param files absolute paths
   * @throws UnreadableException if a file is damaged or lacks a value that the record needs
   */
  <R extends Record> void read(
      List<Path> files, RowSelection selection, Class<R> type, Consumer<R> rows)
      throws UnreadableException {
    if (files.isEmpty()) {
      return;
    }
    try {
      RecordReader<R> reader = new RecordReader<>(type, columns(files));
      StringJoiner conditions = new StringJoiner(" AND ", " WHERE ", "").setEmptyValue("");
      List<Object> values = new ArrayList<>();
      for (Map.Entry<String, Collection<String>> among : selection.among().entrySet()) {
        conditions.add("list_contains(?::VARCHAR[], " + quoted(among.getKey()) + ")");
        values.add(texts(among.getValue().toArray()));
      }
      RowSelection.Since since = selection.since();
      if (since != null) {
        conditions.add(quoted(since.column()) + " >= ?");
        values.add(since.day());
      }
      String order = selection.order().stream().map(ParquetReader::quoted).collect(joining(", "));
      String query =
          "SELECT " + reader.columns() + FILES + conditions + (order.isEmpty() ? "" : " ORDER BY ");
      query(files, query + order, values, row -> rows.accept(reader.read(row)));
    } catch (SQLException | IllegalArgumentException e) {
      throw new UnreadableException(sentence(e), e);
    }
  }

  /**
   * Reads sold days from the files of {@code daily_sales}, as {@link Warehouse#soldDays} specifies.
   */
  void soldDays(List<Path> files, Instant knownBy, DayRange recent, Consumer<SoldDays> rows)
      throws UnreadableException {
    if (files.isEmpty()) {
      return;
    }
    RecordReader<SoldDays> reader = new RecordReader<>(SoldDays.class);
    String query = SoldDays.query(ROWS + " WHERE TRUE", LAST_DAY, "?", recent);
    try {
      List<Object> values = List.of(knownBy.atOffset(ZoneOffset.UTC));
      query(files, query, values, row -> rows.accept(reader.read(row)));
    } catch (SQLException | IllegalArgumentException e) {
      throw new UnreadableException(sentence(e), e);
    }
  }

  /**
   * Reads weekly sums from the files of {@code daily_sales}, as {@link Warehouse#weeklySales}
   * specifies.
   */
  void weeklySales(List<Path> files, WeeklySales.Selection selection, Consumer<WeeklySales> rows)
      throws UnreadableException {
    if (files.isEmpty()) {
      return;
    }
    RecordReader<WeeklySales> reader = new RecordReader<>(WeeklySales.class);
    String query =
        WeeklySales.query(
            selection,
            new WeeklySales.Dialect(
                ROWS + " WHERE TRUE",
                LAST_DAY,
                "(DATE '" + selection.lastDay() + "' - last_day) // 7",
                "?",
                "(SELECT UNNEST(?::VARCHAR[]))",
                "?"));
    try {
      List<Object> values =
          List.of(
              selection.market(),
              texts(selection.productIds().toArray()),
              selection.knownBy().atOffset(ZoneOffset.UTC));
      query(files, query, values, row -> rows.accept(reader.read(row)));
    } catch (SQLException | IllegalArgumentException e) {
      throw new UnreadableException(sentence(e), e);
    }
  }

  /** Returns the columns of the files and their types. */
  private Map<String, String> columns(List<Path> files) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("DESCRIBE SELECT *" + FILES)) {
      statement.setArray(1, paths(files));
      Map<String, String> columns = new HashMap<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          columns.put(row.getString(1), row.getString(2));
        }
      }
      return columns;
    }
  }

  private void query(List<Path> files, String query, List<Object> values, RowReader rows)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setArray(1, paths(files));
      for (int i = 0; i < values.size(); i++) {
        statement.setObject(i + 2, values.get(i));
      }
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          rows.read(row);
        }
      }
    }
  }

  private Array paths(List<Path> files) throws SQLException {
    return texts(files.stream().map(Path::toString).toArray());
  }

  private Array texts(Object[] texts) throws SQLException {
    return connection.createArrayOf("VARCHAR", texts);
  }

  private static String quoted(String column) {
    return '"' + column + '"';
  }

  /** Returns DuckDB's message without the text of the query and the path of the folder. */
  private String sentence(Exception e) {
    String message = Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
    String cause = message.substring(message.indexOf("\nError: ") + 1);
    String line = cause.lines().findFirst().orElse(cause);
    return line.replace(root, "").replaceFirst("[.!]+$", "");
  }

  @Override
  public void close() throws UnreadableException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new UnreadableException("DuckDB can't be closed: " + sentence(e), e);
    }
  }
}
