package io.trendflow.serving;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** An embedded DuckDB that reads the Parquet files of one folder and can do nothing else. */
final class ParquetReader implements AutoCloseable {
  private final String root;
  private final Connection connection;

  ParquetReader(Path folder) throws UnreadableException {
    root = folder + "/";
    try {
      connection = DriverManager.getConnection("jdbc:duckdb:");
      confine();
    } catch (SQLException e) {
      throw new UnreadableException("DuckDB doesn't start: " + sentence(e), e);
    }
  }

  /** Neither other files nor the network nor extensions, and no way back. */
  private void confine() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET allowed_directories = ['" + root.replace("'", "''") + "']");
      statement.execute("SET enable_external_access = false");
      statement.execute("SET lock_configuration = true");
    }
  }

  /**
   * Every row of the files.
   *
   * @param files absolute paths
   * @throws UnreadableException when a file is broken or lacks what the record needs
   */
  <T extends Record> List<T> read(List<Path> files, RecordReader<T> reader)
      throws UnreadableException {
    if (files.isEmpty()) {
      return List.of();
    }
    String query = "SELECT " + reader.columns() + " FROM read_parquet(?)";
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      Object[] paths = files.stream().map(Path::toString).toArray();
      statement.setArray(1, connection.createArrayOf("VARCHAR", paths));
      List<T> rows = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          rows.add(reader.read(row));
        }
      }
      return rows;
    } catch (SQLException | IllegalArgumentException e) {
      throw new UnreadableException(sentence(e), e);
    }
  }

  /** DuckDB's message without the query's text and without the folder's place on this machine. */
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
      throw new UnreadableException("DuckDB doesn't close: " + sentence(e), e);
    }
  }
}
