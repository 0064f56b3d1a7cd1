package io.trendflow.ingestion.clean;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/** Columns of Spark schemas, and the limits of their numbers. */
public final class SparkColumns {
  /** Limit of units and prices, whose product stays within {@link #MONEY}. */
  static final BigDecimal UNIT_LIMIT = new BigDecimal("1e9");

  /** Limit of money totals and of trend values such as the views of a hashtag. */
  static final BigDecimal TOTAL_LIMIT = new BigDecimal("1e15");

  /** Type of the money of one record; the sum over records has the contract's decimal(38,9). */
  public static final DataType MONEY = DataTypes.createDecimalType(28, 9);

  private SparkColumns() {}

  /** Returns an amount with the decimals of a column of money; null remains null. */
  static @Nullable BigDecimal money(@Nullable BigDecimal amount) {
    return amount == null ? null : amount.setScale(9, RoundingMode.HALF_UP);
  }

  public static StructField required(String name, DataType type) {
    return DataTypes.createStructField(name, type, false);
  }

  public static StructField nullable(String name, DataType type) {
    return DataTypes.createStructField(name, type, true);
  }
}
