package io.trendflow.serving.store;

import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableField;
import io.trendflow.schemas.TableLayout;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Store that tests write to: Parquet files with exactly the columns and types of the contracts. */
public record StoreFolder(Path path) implements SampleStore {
  private static final int ROWS_OF_A_STATEMENT = 10_000;

  /** Returns the only file of a batch. */
  public Path file(Table table, String batch) {
    return path.resolve(TableLayout.folder(table, batch)).resolve("part-00000.parquet");
  }

  /** Writes rows as the only file of a batch. */
  @Override
  public void write(Table table, String batch, List<? extends Record> rows) {
    List<TableField> fields = table.contract().fields();
    String columns =
        fields.stream().map(f -> '"' + f.name() + "\" " + type(f)).collect(Collectors.joining(","));
    List<String> statements = new ArrayList<>();
    statements.add("CREATE TABLE t (" + columns + ")");
    for (int from = 0; from < rows.size(); from += ROWS_OF_A_STATEMENT) {
      int to = Math.min(from + ROWS_OF_A_STATEMENT, rows.size());
      statements.add("INSERT INTO t VALUES " + values(fields, rows.subList(from, to)));
    }
    copy("FROM t", table, batch, statements.toArray(String[]::new));
  }

  @Override
  public void rejects(String batch, int count) {
    String query =
        """
        SELECT '%s' AS ingest_id, DATE '%s' AS ingested_on, 'shop' AS source, 'a.csv' AS file,
          i AS record, 'bad_date' AS reason, '' AS detail
        FROM range(%d, 0, -1) t(i)
        """
            .formatted(batch, Samples.AS_OF, count);
    copy(query, Table.REJECTS, batch);
  }

  private void copy(String query, Table table, String batch, String... before) {
    String file = created(file(table, batch)).toString().replace("'", "''");
    execute(
        Stream.concat(
                Stream.of(before),
                Stream.of("COPY (" + query + ") TO '" + file + "' (FORMAT parquet)"))
            .toArray(String[]::new));
  }

  /** Runs statements in a new DuckDB, one after the other. */
  public static void execute(String... statements) {
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

  private static String type(TableField field) {
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
    return field.mode() == TableField.Mode.REPEATED ? type + "[]" : type;
  }

  private static String values(List<TableField> fields, List<? extends Record> rows) {
    return rows.stream()
        .map(row -> fields.stream().map(f -> literal(Copies.column(row, f.name()))))
        .map(values -> values.collect(Collectors.joining(",", "(", ")")))
        .collect(Collectors.joining(","));
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
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    if (value instanceof Double) { // without quotes DuckDB would parse it as a decimal
      return "'" + value + "'::DOUBLE";
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
