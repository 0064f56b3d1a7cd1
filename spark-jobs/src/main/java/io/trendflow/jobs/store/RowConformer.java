package io.trendflow.jobs.store;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import io.trendflow.schemas.FieldType;
import io.trendflow.schemas.TableField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Converts columns to those of a contract and collects the problems. */
final class RowConformer {
  private static final int NUMERIC_WHOLE_DIGITS = 29;

  private final String table;
  private final List<String> problems = new ArrayList<>();

  RowConformer(String table) {
    this.table = table;
  }

  /**
   * Returns the columns of a table or of a record, in the contract's order.
   *
   * @param path prefix of names in problems: empty, or the record's path and a point
   * @param at returns the column with a name
   */
  List<Column> columns(
      List<TableField> fields, StructType from, String path, Function<String, Column> at) {
    Map<String, DataType> given = new LinkedHashMap<>();
    for (StructField field : from.fields()) {
      given.put(field.name(), field.dataType());
    }
    List<Column> columns = new ArrayList<>();
    for (TableField field : fields) {
      String name = path + field.name();
      DataType type = given.remove(field.name());
      if (type == null) {
        problems.add(name + " is missing");
      } else {
        columns.add(value(at.apply(field.name()), field, type, name).as(field.name()));
      }
    }
    given.keySet().forEach(extra -> problems.add(path + extra + " is not in the contract"));
    return columns;
  }

  void refuseProblems() {
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          table + " can't be written: " + String.join("; ", problems) + ".");
    }
  }

  private Column value(Column value, TableField field, DataType from, String path) {
    if (field.mode() != TableField.Mode.REPEATED) {
      return single(value, field, from, path);
    }
    Column empty = array().cast(SparkSchemas.type(field));
    if (from instanceof NullType) {
      return empty;
    }
    if (!(from instanceof ArrayType list)) {
      return mismatch(value, path, "a list", from);
    }
    return coalesce(transform(value, e -> single(e, field, list.elementType(), path)), empty);
  }

  private Column single(Column value, TableField field, DataType from, String path) {
    DataType to = SparkSchemas.elementType(field);
    if (from.equals(to)) {
      return value;
    }
    if (from instanceof NullType) {
      return value.cast(to);
    }
    if (field.type() == FieldType.RECORD && from instanceof StructType record) {
      List<Column> columns = columns(field.fields(), record, path + ".", value::getField);
      return when(value.isNotNull(), struct(columns.toArray(Column[]::new)));
    }
    if (!widens(from, field.type())) {
      return mismatch(value, path, field.type().name(), from);
    }
    return fits(from, to) ? value.cast(to) : decimal(value, to, path);
  }

  private static boolean widens(DataType from, FieldType to) {
    return switch (to) {
      case INTEGER -> isWhole(from);
      case FLOAT, NUMERIC -> from instanceof NumericType;
      case STRING, BOOLEAN, DATE, TIMESTAMP, RECORD -> false;
    };
  }

  private static boolean isWhole(DataType type) {
    return type.equals(DataTypes.LongType)
        || type.equals(DataTypes.IntegerType)
        || type.equals(DataTypes.ShortType)
        || type.equals(DataTypes.ByteType);
  }

  private static boolean fits(DataType from, DataType to) {
    return !(to instanceof DecimalType)
        || isWhole(from)
        || (from instanceof DecimalType d && d.precision() - d.scale() <= NUMERIC_WHOLE_DIGITS);
  }

  // A cast returns null for a number that doesn't fit into the decimal, which would lose it
  // silently.
  private Column decimal(Column value, DataType to, String path) {
    Column decimal = value.cast(to);
    Column refusal =
        concat(
            lit(table + " can't be written: " + path + " is "),
            value.cast(DataTypes.StringType),
            lit(", which does not fit into NUMERIC (at most 29 digits before the point)."));
    return when(value.isNull().or(decimal.isNotNull()), decimal).otherwise(raise_error(refusal));
  }

  private Column mismatch(Column value, String path, String wanted, DataType from) {
    problems.add(path + " must be " + wanted + ", but is " + from.simpleString());
    return value;
  }
}
