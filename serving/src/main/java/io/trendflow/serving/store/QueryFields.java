package io.trendflow.serving.store;

import com.google.cloud.bigquery.FieldValue;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.LegacySQLTypeName;
import com.google.cloud.bigquery.Schema;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Row of a query's result, whose columns are neither lists nor records. */
record QueryFields(Schema schema, FieldValueList row) implements ColumnReader {

  @Override
  public @Nullable Object get(String name) {
    if (schema.getFields().stream().noneMatch(field -> field.getName().equals(name))) {
      return null;
    }
    FieldValue value = row.get(name);
    return value.isNull() ? null : value(value, schema.getFields().get(name).getType());
  }

  private static Object value(FieldValue value, LegacySQLTypeName type) {
    return switch (type.getStandardType()) {
      case INT64 -> value.getLongValue();
      case FLOAT64 -> value.getDoubleValue();
      case BOOL -> value.getBooleanValue();
      case NUMERIC -> value.getNumericValue();
      case DATE -> LocalDate.parse(value.getStringValue());
      case TIMESTAMP -> value.getTimestampInstant();
      default -> value.getStringValue();
    };
  }
}
