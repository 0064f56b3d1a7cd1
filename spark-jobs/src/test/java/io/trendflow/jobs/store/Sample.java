package io.trendflow.jobs.store;

import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableField;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Creates rows that keep a contract: required columns are filled, the others null, lists empty. */
public final class Sample {
  private Sample() {}

  /** Returns one row with some columns given. */
  public static Dataset<Row> of(SparkSession spark, Table table, Map<String, Object> given) {
    return rows(spark, table, List.of(row(table, given)));
  }

  /** Returns rows from {@link #row}. */
  public static Dataset<Row> rows(SparkSession spark, Table table, List<Row> rows) {
    return spark.createDataFrame(rows, SparkSchemas.of(table));
  }

  /** Returns rows of a batch that differ in one column. */
  public static Dataset<Row> batch(
      SparkSession spark, Table table, String batchId, String column, Object... values) {
    List<Row> rows =
        Arrays.stream(values)
            .map(value -> row(table, Map.of(table.batchColumn(), batchId, column, value)))
            .toList();
    return rows(spark, table, rows);
  }

  /** Returns a row with some columns given. */
  public static Row row(Table table, Map<String, Object> given) {
    return RowFactory.create(
        table.contract().fields().stream()
            .map(field -> given.containsKey(field.name()) ? given.get(field.name()) : value(field))
            .toArray());
  }

  private static @Nullable Object value(TableField field) {
    return switch (field.mode()) {
      case NULLABLE -> null;
      case REPEATED -> new Object[0];
      case REQUIRED ->
          switch (field.type()) {
            case STRING -> "x";
            case INTEGER -> 1L;
            case FLOAT -> 1.0;
            case NUMERIC -> BigDecimal.ONE;
            case BOOLEAN -> false;
            case DATE -> LocalDate.parse("2011-08-31");
            case TIMESTAMP -> Instant.parse("2011-09-01T00:00:00Z");
            case RECORD -> throw new IllegalArgumentException(field.name());
          };
    };
  }
}
