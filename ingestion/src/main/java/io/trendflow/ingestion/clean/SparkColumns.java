package io.trendflow.ingestion.clean;

import java.math.BigDecimal;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/** Columns of Spark schemas, and the sizes of numbers that they hold. */
public final class SparkColumns {
  /** Units and prices: their product stays within {@link #MONEY}. */
  static final BigDecimal UNIT_LIMIT = new BigDecimal("1e9");

  /** Money totals and trend values, the views of a hashtag among them. */
  static final BigDecimal TOTAL_LIMIT = new BigDecimal("1e15");

  /** Money of one record; the sum over records is the contract's decimal(38,9). */
  public static final DataType MONEY = DataTypes.createDecimalType(28, 9);

  private SparkColumns() {}

  public static StructField required(String name, DataType type) {
    return DataTypes.createStructField(name, type, false);
  }

  public static StructField nullable(String name, DataType type) {
    return DataTypes.createStructField(name, type, true);
  }
}
