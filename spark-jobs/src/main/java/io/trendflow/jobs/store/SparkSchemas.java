package io.trendflow.jobs.store;

import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableField;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The contracts as Spark sees them. */
public final class SparkSchemas {
  private SparkSchemas() {}

  /**
   * The columns of a table in the contract's order. REQUIRED columns and lists are not nullable; a
   * list holds no null.
   */
  public static StructType of(Table table) {
    return struct(table.contract().fields());
  }

  /**
   * The contract's columns in its order and types, nested ones too. A missing list becomes an empty
   * one. Numbers are widened or become decimals; nothing else changes its type, a text least of
   * all.
   *
   * @throws IllegalArgumentException naming at once every column that is missing, unknown or of
   *     another type; and, when the rows are computed, a number too large for a decimal
   */
  public static Dataset<Row> conform(Dataset<Row> rows, Table table) {
    RowConformer conversion = new RowConformer(table.toString());
    List<Column> columns =
        conversion.columns(table.contract().fields(), rows.schema(), "", functions::col);
    conversion.refuseProblems();
    return rows.select(columns.toArray(Column[]::new));
  }

  /** The type of a column, a list where its mode is REPEATED. */
  static DataType type(TableField field) {
    DataType element = elementType(field);
    return field.mode() == TableField.Mode.REPEATED ? new ArrayType(element, false) : element;
  }

  /** The type of a column's single value. */
  static DataType elementType(TableField field) {
    return switch (field.type()) {
      case STRING -> DataTypes.StringType;
      case INTEGER -> DataTypes.LongType;
      case FLOAT -> DataTypes.DoubleType;
      case NUMERIC -> DataTypes.createDecimalType(38, 9);
      case BOOLEAN -> DataTypes.BooleanType;
      case DATE -> DataTypes.DateType;
      case TIMESTAMP -> DataTypes.TimestampType;
      case RECORD -> struct(field.fields());
    };
  }

  private static StructType struct(List<TableField> fields) {
    return new StructType(fields.stream().map(SparkSchemas::column).toArray(StructField[]::new));
  }

  private static StructField column(TableField field) {
    boolean nullable = field.mode() == TableField.Mode.NULLABLE;
    return new StructField(field.name(), type(field), nullable, Metadata.empty());
  }
}
