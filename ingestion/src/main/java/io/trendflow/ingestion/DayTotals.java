package io.trendflow.ingestion;

import io.trendflow.ingestion.clean.SparkColumns;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/** Totals of the sales lines with the same {@link #KEY}. */
final class DayTotals {
  /** Columns that the lines of a total share, in the order of a line. */
  static final String[] KEY = {
    "source", "market", "currency", "product_id", "sale_date", "period_days", "available_at"
  };

  /** Columns that are summed or counted, in the order of a line. */
  static final String[] VALUES = {
    "available_assumed", "units", "amount", "order_id", "customer_id"
  };

  private static final DecimalType AMOUNT = (DecimalType) SparkColumns.MONEY;
  private static final DecimalType TOTAL = DataTypes.createDecimalType(38, AMOUNT.scale());
  private static final BigDecimal NOTHING = BigDecimal.valueOf(0, TOTAL.scale());

  /** Units above which a line counts as a bulk purchase: four dozen. */
  private static final double MOST_OF_A_LINE = 48;

  /** Columns of {@link #row}. */
  static final StructType SCHEMA =
      new StructType()
          .add("source", DataTypes.StringType, false)
          .add("market", DataTypes.StringType, false)
          .add("product_id", DataTypes.StringType, false)
          .add("sale_date", DataTypes.DateType, false)
          .add("period_days", DataTypes.LongType, false)
          .add("gross_units", DataTypes.DoubleType, false)
          .add("return_units", DataTypes.DoubleType, false)
          .add("gross_revenue", TOTAL)
          .add("refunds", TOTAL)
          .add("orders", DataTypes.LongType)
          .add("log_units", DataTypes.DoubleType)
          .add("squared_units", DataTypes.DoubleType)
          .add("capped_units", DataTypes.DoubleType)
          .add("customers", DataTypes.LongType)
          .add("currency", DataTypes.StringType)
          .add("available_at", DataTypes.TimestampType, false)
          .add("available_assumed", DataTypes.BooleanType, false);

  private final InternalRow key;
  private final Set<UTF8String> orders = new HashSet<>();
  private final Set<UTF8String> customers = new HashSet<>();
  private boolean assumed;
  private double grossUnits;
  private double returnUnits;
  private BigDecimal grossRevenue = NOTHING;
  private BigDecimal refunds = NOTHING;
  private boolean anyPriced;
  private boolean allPriced = true;
  private long unnumbered;
  private double logUnits;
  private double squaredUnits;
  private double cappedUnits;

  /**
   * Creates totals of no lines.
   *
   * @param line a line with the key: the hash of its key, {@link #KEY} and {@link #VALUES}. Spark
   *     overwrites it when it reads the next one, so that a copy is kept
   */
  DayTotals(InternalRow line) {
    this.key = line.copy();
  }

  /** Returns whether a line has the key of these totals. */
  boolean hasKeyOf(InternalRow line) {
    return line.getUTF8String(4).equals(key.getUTF8String(4))
        && line.getInt(5) == key.getInt(5)
        && line.getUTF8String(2).equals(key.getUTF8String(2))
        && line.getUTF8String(1).equals(key.getUTF8String(1))
        && line.getLong(6) == key.getLong(6)
        && line.getLong(7) == key.getLong(7)
        && Objects.equals(line.getUTF8String(3), key.getUTF8String(3));
  }

  /** Adds a line. */
  void add(InternalRow line) {
    assumed |= line.getBoolean(8);
    double units = line.getDouble(9);
    addAmount(line, units);
    if (units > 0) {
      grossUnits += units;
      logUnits += StrictMath.log1p(units);
      squaredUnits += units * units;
      cappedUnits += Math.min(units, MOST_OF_A_LINE);
      if (line.isNullAt(11)) {
        unnumbered++;
      } else {
        orders.add(line.getUTF8String(11).copy());
      }
      if (!line.isNullAt(12)) {
        customers.add(line.getUTF8String(12).copy());
      }
    } else {
      returnUnits -= units;
    }
  }

  private void addAmount(InternalRow line, double units) {
    if (line.isNullAt(10)) {
      // A line without units, such as a cancelled one, has no price and changes no sum.
      allPriced &= units == 0;
      return;
    }
    anyPriced = true;
    BigDecimal amount = line.getDecimal(10, AMOUNT.precision(), AMOUNT.scale()).toJavaBigDecimal();
    if (units < 0) {
      refunds = refunds.add(amount);
    } else {
      grossRevenue = grossRevenue.add(amount);
    }
  }

  /**
   * Returns the totals in the columns of {@link #SCHEMA}.
   *
   * @param totalled sources whose records are totals of several days, whose lines are not known
   * @param withCustomers sources with customers
   */
  InternalRow row(Set<UTF8String> totalled, Set<UTF8String> withCustomers) {
    UTF8String source = key.getUTF8String(1);
    boolean lines = !totalled.contains(source);
    boolean priced = anyPriced && allPriced;
    return new GenericInternalRow(
        new Object[] {
          source,
          key.getUTF8String(2),
          key.getUTF8String(4),
          key.getInt(5),
          key.getLong(6),
          grossUnits,
          returnUnits,
          priced ? money(grossRevenue) : null,
          priced ? money(refunds) : null,
          lines ? orders.size() + unnumbered : null,
          lines ? logUnits : null,
          lines ? squaredUnits : null,
          lines ? cappedUnits : null,
          withCustomers.contains(source) ? (long) customers.size() : null,
          key.getUTF8String(3),
          key.getLong(7),
          assumed
        });
  }

  private static Decimal money(BigDecimal amount) {
    return Decimal.apply(amount, TOTAL.precision(), TOTAL.scale());
  }
}
