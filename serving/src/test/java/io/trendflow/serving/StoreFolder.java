package io.trendflow.serving;

import io.trendflow.schemas.Field;
import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A store that tests write: Parquet files with exactly the contracts' columns and types. */
record StoreFolder(Path path) {

  /** Publishes as the jobs do: first the scores, then the commit. */
  void publish(Run run, List<Score> scores) {
    scores(run.runId(), scores);
    commit(run);
  }

  void commit(Run run) {
    write(Table.RUNS, run.runId(), List.of(run));
  }

  void scores(String runId, List<Score> scores) {
    write(Table.SCORES, runId, scores);
  }

  /** The one file of a batch. */
  Path file(Table table, String batch) {
    return path.resolve(TableLayout.folder(table, batch)).resolve("part-00000.parquet");
  }

  /** Writes rows as the one file of a batch, whatever ids they carry. */
  void write(Table table, String batch, List<? extends Record> rows) {
    List<Field> fields = table.contract().fields();
    String columns =
        fields.stream().map(f -> '"' + f.name() + "\" " + type(f)).collect(Collectors.joining(","));
    execute(
        "CREATE TABLE t (" + columns + ")",
        rows.isEmpty() ? "SELECT 1" : "INSERT INTO t VALUES " + values(fields, rows),
        "COPY t TO '"
            + created(file(table, batch)).toString().replace("'", "''")
            + "' (FORMAT parquet)");
  }

  /** Runs statements on a new DuckDB, one after the other. */
  static void execute(String... statements) {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path created(Path file) {
    try {
      Files.createDirectories(file.resolveSibling(""));
      return file;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String type(Field field) {
    String type =
        switch (field.type()) {
          case STRING -> "VARCHAR";
          case INTEGER -> "BIGINT";
          case FLOAT -> "DOUBLE";
          case NUMERIC -> "DECIMAL(38,9)";
          case BOOLEAN -> "BOOLEAN";
          case DATE -> "DATE";
          case TIMESTAMP -> "TIMESTAMPTZ";
          case RECORD ->
              field.fields().stream()
                  .map(inner -> '"' + inner.name() + "\" " + type(inner))
                  .collect(Collectors.joining(",", "STRUCT(", ")"));
        };
    return field.mode() == Field.Mode.REPEATED ? type + "[]" : type;
  }

  private static String values(List<Field> fields, List<? extends Record> rows) {
    return rows.stream()
        .map(row -> fields.stream().map(f -> literal(value(row, f.name()))))
        .map(values -> values.collect(Collectors.joining(",", "(", ")")))
        .collect(Collectors.joining(","));
  }

  /** The component of a column; null for a column that the record lacks. */
  private static @Nullable Object value(Record row, String column) {
    return Stream.of(row.getClass().getRecordComponents())
        .filter(component -> RecordType.column(component).equals(column))
        .findFirst()
        .map(component -> Copies.read(row, component))
        .orElse(null);
  }

  private static String literal(@Nullable Object value) {
    if (value == null) {
      return "NULL";
    }
    if (value instanceof List<?> list) {
      return list.stream().map(StoreFolder::literal).collect(Collectors.joining(",", "[", "]"));
    }
    if (value instanceof Record struct) {
      return Stream.of(struct.getClass().getRecordComponents())
          .map(c -> "'" + RecordType.column(c) + "': " + literal(Copies.read(struct, c)))
          .collect(Collectors.joining(",", "{", "}"));
    }
    String text = value.toString().replace("'", "''");
    if (value instanceof Instant) {
      return "TIMESTAMPTZ '" + text + "'";
    }
    if (value instanceof LocalDate) {
      return "DATE '" + text + "'";
    }
    return value instanceof String ? "'" + text + "'" : text;
  }
}
