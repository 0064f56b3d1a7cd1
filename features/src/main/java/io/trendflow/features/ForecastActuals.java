package io.trendflow.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import io.trendflow.history.EpochTimes;
import io.trendflow.history.KnownDays;
import io.trendflow.history.KnownSales;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import org.apache.spark.api.java.function.CoGroupFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Units that were sold over the horizons of published forecasts, as known at the end of a day, with
 * the columns {@code run_id, market, product_id, actual_units, stockout_days, known_at}. A forecast
 * whose horizon is not complete by then, or has a day in a hole, has no row. The units are those of
 * {@link HorizonLabels}, but the horizon is the one that was published.
 */
public final class ForecastActuals implements CoGroupFunction<Row, Row, Row, Row> {
  private static final StructType SCHEMA =
      new StructType()
          .add("run_id", DataTypes.StringType, false)
          .add("market", DataTypes.StringType, false)
          .add("product_id", DataTypes.StringType, false)
          .add("actual_units", DataTypes.DoubleType, false)
          .add("stockout_days", DataTypes.LongType, true)
          .add("known_at", DataTypes.TimestampType, false);

  private final KnownDays known;
  private final SalesCalendar calendar;
  private final FeatureSettings settings;

  private ForecastActuals(SalesCalendar calendar, LocalDate knownBy, FeatureSettings settings) {
    this.settings = settings;
    this.known = calendar.at(EpochTimes.day(knownBy));
    this.calendar = calendar;
  }

  /**
   * Returns the units of the forecasts whose horizons are complete.
   *
   * @param calendar calendar of the tables' sales
   * @param forecasts columns {@code run_id, market, product_id, horizon_start, horizon_days}
   * @param knownBy day at whose end the sales are known; later revisions are ignored
   */
  public static Dataset<Row> of(
      SourceTables tables,
      SalesCalendar calendar,
      Dataset<Row> forecasts,
      LocalDate knownBy,
      FeatureSettings settings) {
    Dataset<Row> horizons =
        forecasts.select(
            col("market"),
            col("product_id"),
            col("run_id"),
            expr("unix_date(horizon_start)").as("first_day"),
            expr("cast(unix_date(horizon_start) + horizon_days - 1 as int)").as("last_day"));
    return ProductHistories.of(tables, settings)
        .cogroup(
            ProductHistories.byProduct(horizons),
            new ForecastActuals(calendar, knownBy, settings),
            Encoders.row(SCHEMA));
  }

  @Override
  public Iterator<Row> call(Row key, Iterator<Row> rows, Iterator<Row> horizons) {
    ProductHistory history = ProductHistory.of(key, rows, settings);
    KnownSales sales = history.sales(known);
    List<Row> actuals = new ArrayList<>();
    while (horizons.hasNext()) {
      Row horizon = horizons.next();
      int last = horizon.getInt(4);
      OptionalLong finished = calendar.knownAt(last);
      if (finished.isPresent() && finished.getAsLong() <= known.instant()) {
        int first = horizon.getInt(3);
        double units = sales.units(first, last);
        if (!Double.isNaN(units)) {
          actuals.add(
              RowFactory.create(
                  horizon.getString(2),
                  history.market(),
                  history.productId(),
                  units,
                  sales.isStockKnown() ? (long) sales.daysOut(first, last) : null,
                  Instant.EPOCH.plus(finished.getAsLong(), ChronoUnit.MICROS)));
        }
      }
    }
    return actuals.iterator();
  }
}
