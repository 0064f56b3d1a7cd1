package io.trendflow.training;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Builder of a row of {@code prediction.backtest} with the columns that are measured. Its rows know
 * their columns by name without a Spark session.
 */
public final class BacktestRow {
  public static final LocalDate MAY = LocalDate.parse("2024-05-01");

  private static final StructType SCHEMA =
      StructType.fromDDL(
          "cutoff DATE, market STRING, product_id STRING, lifecycle STRING, actual_units DOUBLE,"
              + " expected_units DOUBLE, median_units DOUBLE, lower_units DOUBLE,"
              + " upper_units DOUBLE, baseline_units DOUBLE, last_horizon_units DOUBLE,"
              + " mean_84_units DOUBLE, last_year_units DOUBLE, category_launch_units DOUBLE,"
              + " price DOUBLE");

  private final String product;
  private LocalDate cutoff = MAY;
  private String market = "uk";
  private String lifecycle = "established";
  private double actual;
  private double expected;
  private double median;
  private @Nullable Double lower;
  private @Nullable Double upper;
  private double baseline;
  private @Nullable Double lastHorizon;
  private @Nullable Double price;

  private BacktestRow(String product) {
    this.product = product;
  }

  /** Returns an established product in the market uk that sells nothing, as was predicted. */
  public static BacktestRow of(String product) {
    return new BacktestRow(product);
  }

  /** Returns the same for the product with a number of three digits. */
  public static BacktestRow of(int product) {
    return of("p%03d".formatted(product));
  }

  public BacktestRow at(LocalDate day) {
    cutoff = day;
    return this;
  }

  public BacktestRow in(String name) {
    market = name;
    return this;
  }

  public BacktestRow lifecycle(String name) {
    lifecycle = name;
    return this;
  }

  public BacktestRow actual(double units) {
    actual = units;
    return this;
  }

  /** Sets both the mean and the median. */
  public BacktestRow predicted(double units) {
    return predicted(units, units);
  }

  public BacktestRow predicted(double mean, double middle) {
    expected = mean;
    median = middle;
    return this;
  }

  public BacktestRow interval(double from, double to) {
    lower = from;
    upper = to;
    return this;
  }

  public BacktestRow baseline(double units) {
    baseline = units;
    return this;
  }

  public BacktestRow lastHorizon(double units) {
    lastHorizon = units;
    return this;
  }

  public BacktestRow price(double amount) {
    price = amount;
    return this;
  }

  public Row row() {
    Object[] values = {
      cutoff,
      market,
      product,
      lifecycle,
      actual,
      expected,
      median,
      lower,
      upper,
      baseline,
      lastHorizon,
      null,
      null,
      null,
      price
    };
    return new GenericRowWithSchema(values, SCHEMA);
  }

  public static List<Row> rows(Stream<BacktestRow> rows) {
    return rows.map(BacktestRow::row).toList();
  }

  public static Dataset<Row> data(SparkSession spark, Stream<BacktestRow> rows) {
    return data(spark, rows(rows));
  }

  public static Dataset<Row> data(SparkSession spark, List<Row> rows) {
    return spark.createDataFrame(rows, SCHEMA);
  }
}
