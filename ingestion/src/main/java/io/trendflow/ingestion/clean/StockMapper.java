package io.trendflow.ingestion.clean;

import static io.trendflow.ingestion.clean.SparkColumns.nullable;
import static io.trendflow.ingestion.clean.SparkColumns.required;

import io.trendflow.ingestion.config.FilterConfig;
import io.trendflow.ingestion.raw.FileHeader;
import io.trendflow.ingestion.raw.FileRejectedException;
import io.trendflow.ingestion.raw.FileTask;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Maps records to stock levels. A record without date is about the last day that was over at the
 * pull.
 */
public final class StockMapper implements RecordMapper {
  /** Columns of the contract from market on, and {@code period_days}, which is always 1. */
  public static final StructType SCHEMA =
      new StructType(
          new StructField[] {
            required("market", DataTypes.StringType),
            required("product_id", DataTypes.StringType),
            required("day", DataTypes.DateType),
            required("period_days", DataTypes.LongType),
            nullable("on_hand", DataTypes.DoubleType),
            nullable("on_order", DataTypes.DoubleType),
            nullable("next_arrival", DataTypes.DateType),
            required("available_at", DataTypes.TimestampType),
            required("available_assumed", DataTypes.BooleanType)
          });

  private final FileTimes times;
  private final BoundMarket market;
  private final BoundField productId;
  private final BoundField date;
  private final BoundField onHand;
  private final BoundField inStock;
  private final BoundField onOrder;
  private final BoundField nextArrival;

  StockMapper(FileTask task, FileHeader header) throws FileRejectedException {
    this.times = new FileTimes(task);
    this.market = new BoundMarket(task, header);
    this.productId = new BoundField("product_id", task.source(), header);
    this.date = new BoundField("date", task.source(), header);
    this.onHand = new BoundField("on_hand", task.source(), header);
    this.inStock = new BoundField("in_stock", task.source(), header);
    this.onOrder = new BoundField("on_order", task.source(), header);
    this.nextArrival = new BoundField("next_arrival", task.source(), header);
    if (!date.bound() && times.assumed()) {
      throw new FileRejectedException(
          task.file().label()
              + " has no dates: map a column to date, or put the file into a folder with the time of"
              + " its pull, such as pulled_at=2024-05-31.");
    }
  }

  @Override
  public CleanedRecord map(String[] record) throws RecordDefectException {
    String in = market.name(record);
    ZoneId zone = market.zone(in);
    String product = productId.required(record);
    LocalDate day =
        date.bound()
            ? times.observed(date, date.present(date.date(record, zone)))
            : times.lastDayOver(zone);
    Double units = units(record);
    LocalDate arrival = FileTimes.planned(nextArrival, nextArrival.date(record, zone));
    if (!times.over(day, zone)) {
      // The level during a day is not that of its end.
      return new CleanedRecord.Excluded(FilterConfig.INCOMPLETE_PERIOD);
    }
    if (!times.told(day, day)) {
      return new CleanedRecord.Excluded(FilterConfig.OUTSIDE_PULL);
    }
    return new CleanedRecord.Accepted(
        RowFactory.create(
            in,
            product,
            day,
            1L,
            units,
            number(onOrder, record),
            arrival,
            times.availableAt(day),
            times.assumed()));
  }

  /** Returns the units on hand; 0 for a product that is not in stock, null for one that is. */
  private @Nullable Double units(String[] record) throws RecordDefectException {
    Double units = number(onHand, record);
    Boolean flag = inStock.flag(record);
    if (units == null && flag == null) {
      return (onHand.bound() ? onHand : inStock).present(null);
    }
    return Boolean.FALSE.equals(flag) ? Double.valueOf(0) : units;
  }

  private static @Nullable Double number(BoundField field, String[] record)
      throws RecordDefectException {
    BigDecimal number = field.amount(record, SparkColumns.UNIT_LIMIT);
    return number == null ? null : number.doubleValue();
  }
}
