package io.trendflow.ingestion.clean;

import static io.trendflow.ingestion.clean.SparkColumns.nullable;
import static io.trendflow.ingestion.clean.SparkColumns.required;

import io.trendflow.ingestion.config.FilterConfig;
import io.trendflow.ingestion.config.RecordPeriod;
import io.trendflow.ingestion.config.SourceConfig;
import io.trendflow.ingestion.raw.FileHeader;
import io.trendflow.ingestion.raw.FileRejectedException;
import io.trendflow.ingestion.raw.FileTask;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Maps records to sales lines. A price of zero is a sale without revenue; negative units are a
 * return.
 */
public final class SalesMapper implements RecordMapper {
  /**
   * Columns of a sales line. {@code amount} is units times price, never negative, and null if the
   * record has no price.
   */
  public static final StructType SCHEMA =
      new StructType(
          new StructField[] {
            required("market", DataTypes.StringType),
            required("product_id", DataTypes.StringType),
            required("day", DataTypes.DateType),
            required("period_days", DataTypes.LongType),
            required("units", DataTypes.DoubleType),
            nullable("amount", SparkColumns.MONEY),
            nullable("currency", DataTypes.StringType),
            nullable("order_id", DataTypes.StringType),
            nullable("customer_id", DataTypes.StringType),
            nullable("name", DataTypes.StringType),
            nullable("category", DataTypes.StringType),
            nullable("brand", DataTypes.StringType),
            required("available_at", DataTypes.TimestampType),
            required("available_assumed", DataTypes.BooleanType)
          });

  private final FileTimes times;
  private final RecordPeriod period;
  private final BoundMarket market;
  private final BoundField productId;
  private final BoundField date;
  private final BoundField units;
  private final BoundField unitPrice;
  private final BoundField revenue;
  private final BoundField orderId;
  private final BoundField customerId;
  private final BoundField name;
  private final BoundField category;
  private final BoundField brand;

  SalesMapper(FileTask task, FileHeader header) throws FileRejectedException {
    SourceConfig source = task.source();
    this.times = new FileTimes(task);
    this.period = source.period();
    this.market = new BoundMarket(task, header);
    this.productId = new BoundField("product_id", source, header);
    this.date = new BoundField("date", source, header);
    this.units = new BoundField("units", source, header);
    this.unitPrice = new BoundField("unit_price", source, header);
    this.revenue = new BoundField("revenue", source, header);
    this.orderId = new BoundField("order_id", source, header);
    this.customerId = new BoundField("customer_id", source, header);
    this.name = new BoundField("name", source, header);
    this.category = new BoundField("category", source, header);
    this.brand = new BoundField("brand", source, header);
  }

  @Override
  public CleanedRecord map(String[] record) throws RecordDefectException, FileRejectedException {
    String in = market.name(record);
    String product = productId.required(record);
    LocalDate day = times.observed(date, date.present(date.date(record, market.zone(in))));
    BigDecimal count = units.present(units.number(record, SparkColumns.UNIT_LIMIT));
    BigDecimal amount = amount(record, count);
    long periodDays = period.days(day);
    LocalDate last = day.plusDays(periodDays - 1);
    if (!times.over(last, market.zone(in))) {
      // A later pull has the whole period; an incomplete period would look like low sales.
      return new CleanedRecord.Excluded(FilterConfig.INCOMPLETE_PERIOD);
    }
    if (!times.told(day, last)) {
      // The pull lacks other records of these days, whose sum would be too low.
      return new CleanedRecord.Excluded(FilterConfig.OUTSIDE_PULL);
    }
    return new CleanedRecord.Accepted(
        RowFactory.create(
            in,
            product,
            day,
            periodDays,
            count.doubleValue(),
            amount,
            market.currency(in, record),
            orderId.text(record),
            customerId.text(record),
            name.text(record),
            category.text(record),
            brand.text(record),
            times.availableAt(last),
            times.assumed()));
  }

  private @Nullable BigDecimal amount(String[] record, BigDecimal count)
      throws RecordDefectException {
    BigDecimal price = unitPrice.amount(record, SparkColumns.UNIT_LIMIT);
    BigDecimal total =
        price == null
            ? revenue.number(record, SparkColumns.TOTAL_LIMIT)
            : price.multiply(count.abs());
    if (total == null) {
      return null;
    }
    if (total.signum() < 0 && count.signum() >= 0) {
      throw new RecordDefectException(
          RejectReason.OUT_OF_RANGE,
          revenue + " is " + total + ", but units are " + count + ": only a return is negative.");
    }
    return SparkColumns.money(total.abs());
  }
}
