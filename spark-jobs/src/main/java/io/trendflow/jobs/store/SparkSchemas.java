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

/** Translates table contracts into Spark schemas, and conforms rows to them. */
public final class SparkSchemas {
  private SparkSchemas() {}

  /**
   * Returns the columns of a table in the contract's order. REQUIRED columns and lists are not
   * nullable; a list has no null elements.
   */
  public static StructType of(Table table) {
    return struct(table.contract().fields());
  }

  /**
   * Returns rows with the contract's columns in its order and types, nested ones too. A missing
   * list becomes an empty one. Numbers are widened or become decimals; every other type must match,
   * and texts are never converted.
   *
   * @throws IllegalArgumentException naming all columns that are missing, unknown or of another
   *     type. A number that is too large for a decimal fails later, when the rows are computed
   */
  public static Dataset<Row> conform(Dataset<Row> rows, Table table) {
    RowConformer conformer = new RowConformer(table.toString());
    List<Column> columns =
        conformer.columns(table.contract().fields(), rows.schema(), "", functions::col);
    conformer.refuseProblems();
    return rows.select(columns.toArray(Column[]::new));
  }

  /** Returns the type of a column: a list if its mode is REPEATED. */
  static DataType type(TableField field) {
    DataType element = elementType(field);
    return field.mode() == TableField.Mode.REPEATED ? new ArrayType(element, false) : element;
  }

  /** Returns the type of a column's single value. */
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
