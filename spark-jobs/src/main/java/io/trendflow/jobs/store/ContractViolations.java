package io.trendflow.jobs.store;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.trendflow.schemas.FieldType;
import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableField;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Checks what column types can't express: required values, and the batch of each row. */
final class ContractViolations {
  private ContractViolations() {}

  /**
   * Counts the rows, and rejects them if any breaks the contract.
   *
   * @param rows conformed rows; read once, and only the columns that can break the contract
   * @param batchId the batch that every row must name
   * @return number of rows
   * @throws IllegalArgumentException naming table, columns and counts
   */
  static long refuse(Dataset<Row> rows, Table table, String batchId) {
    List<String> rules = new ArrayList<>();
    List<Column> counts = new ArrayList<>();
    for (TableField field : table.contract().fields()) {
      if (canViolate(field)) {
        rules.add(field.name() + " lacks a required value");
        counts.add(count_if(violates(col(field.name()), field)));
      }
    }
    rules.add(table.batchColumn() + " is not " + batchId);
    counts.add(count_if(isOfAnotherBatch(table, batchId)));
    Row found = rows.agg(count(lit(1)), counts.toArray(Column[]::new)).head();
    refuseFound(found, rules, table);
    return found.getLong(0);
  }

  // The id of an event in the life of a model or a run begins with the id of its batch.
  private static Column isOfAnotherBatch(Table table, String batchId) {
    Column named = col(table.batchColumn());
    return table == Table.MODELS || table == Table.RUNS
        ? not(lit(batchId + "-").startsWith(concat(named, lit("-"))))
        : named.notEqual(batchId);
  }

  private static void refuseFound(Row found, List<String> rules, Table table) {
    List<String> broken = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      long count = found.getLong(i + 1);
      if (count > 0) {
        broken.add("%s in %,d of %,d rows".formatted(rules.get(i), count, found.getLong(0)));
      }
    }
    if (!broken.isEmpty()) {
      throw new IllegalArgumentException(
          table + " can't be written: " + String.join("; ", broken) + ".");
    }
  }

  private static boolean canViolate(TableField field) {
    return field.mode() != TableField.Mode.NULLABLE
        || field.fields().stream().anyMatch(ContractViolations::canViolate);
  }

  private static Column violates(Column value, TableField field) {
    return switch (field.mode()) {
      case REPEATED ->
          exists(value, element -> element.isNull().or(insideViolates(element, field)));
      case REQUIRED -> value.isNull().or(insideViolates(value, field));
      case NULLABLE -> value.isNotNull().and(insideViolates(value, field));
    };
  }

  private static Column insideViolates(Column value, TableField field) {
    if (field.type() != FieldType.RECORD) {
      return lit(false);
    }
    return field.fields().stream()
        .map(inner -> violates(value.getField(inner.name()), inner))
        .reduce(lit(false), Column::or);
  }
}
