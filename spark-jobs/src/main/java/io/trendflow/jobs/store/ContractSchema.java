package io.trendflow.jobs.store;

import com.google.cloud.spark.bigquery.repackaged.com.google.cloud.bigquery.Field;
import com.google.cloud.spark.bigquery.repackaged.com.google.cloud.bigquery.FieldList;
import com.google.cloud.spark.bigquery.repackaged.com.google.cloud.bigquery.LegacySQLTypeName;
import com.google.cloud.spark.bigquery.repackaged.com.google.cloud.bigquery.Schema;
import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableField.Mode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Translates table contracts into BigQuery schemas and compares them. */
final class ContractSchema {
  private ContractSchema() {}

  static Schema of(Table table) {
    return Schema.of(fields(table.contract().fields(), false));
  }

  /**
   * Returns the schema of a staging table, without REQUIRED: its rows are checked only after
   * writing.
   */
  static Schema relaxed(Table table) {
    return Schema.of(fields(table.contract().fields(), true));
  }

  private static List<Field> fields(List<io.trendflow.schemas.TableField> fields, boolean relaxed) {
    return fields.stream().map(field -> field(field, relaxed)).toList();
  }

  private static Field field(io.trendflow.schemas.TableField field, boolean relaxed) {
    Mode mode = relaxed && field.mode() == Mode.REQUIRED ? Mode.NULLABLE : field.mode();
    return Field.newBuilder(
            field.name(),
            LegacySQLTypeName.valueOf(field.type().name()),
            fields(field.fields(), relaxed).toArray(Field[]::new))
        .setMode(Field.Mode.valueOf(mode.name()))
        .setDescription(field.description())
        .build();
  }

  /** Returns the differences in columns, types and modes between a table and its contract. */
  static List<String> differences(Table table, Schema found) {
    List<String> differences = new ArrayList<>();
    compare(of(table).getFields(), found.getFields(), "", differences);
    return differences;
  }

  private static void compare(
      FieldList wanted, FieldList found, String path, List<String> differences) {
    Map<String, Field> rest = new LinkedHashMap<>();
    found.forEach(field -> rest.put(field.getName(), field));
    for (Field field : wanted) {
      String name = path + field.getName();
      Field there = rest.remove(field.getName());
      if (there == null) {
        differences.add("column " + name + " is missing");
      } else if (!type(there).equals(type(field))) {
        differences.add("column %s is %s instead of %s".formatted(name, type(there), type(field)));
      } else if (field.getSubFields() != null) {
        compare(field.getSubFields(), there.getSubFields(), name + ".", differences);
      }
    }
    rest.keySet()
        .forEach(name -> differences.add("column " + path + name + " is not in the contract"));
  }

  private static String type(Field field) {
    Field.Mode mode = field.getMode() == null ? Field.Mode.NULLABLE : field.getMode();
    return field.getType().getStandardType() + " " + mode;
  }
}
