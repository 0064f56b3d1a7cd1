package io.trendflow.jobs.store;

import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Builds the one row of a commit table from values by column. */
public final class CommitRow {
  private CommitRow() {}

  /**
   * Returns the row with the values in the contract's order.
   *
   * @param values every column of the table; a list of maps for a list of records
   * @throws IllegalArgumentException if a column is missing or unknown
   */
  public static Dataset<Row> of(
      SparkSession spark, Table table, Map<String, @Nullable Object> values) {
    Row row = row(table.contract().fields(), values);
    return spark.createDataFrame(List.of(row), SparkSchemas.of(table));
  }

  private static Row row(List<TableField> fields, Map<?, ?> values) {
    Set<String> names = new TreeSet<>(fields.stream().map(TableField::name).toList());
    if (!names.equals(values.keySet())) {
      throw new IllegalArgumentException(
          "The columns must be " + names + ", but are " + values.keySet() + ".");
    }
    List<@Nullable Object> ordered = new ArrayList<>();
    fields.forEach(field -> ordered.add(value(field, values.get(field.name()))));
    return RowFactory.create(ordered.toArray());
  }

  private static @Nullable Object value(TableField field, @Nullable Object value) {
    if (!(value instanceof List<?> list)) {
      return value;
    }
    return list.stream()
        .map(item -> item instanceof Map<?, ?> map ? row(field.fields(), map) : item)
        .toArray();
  }
}
