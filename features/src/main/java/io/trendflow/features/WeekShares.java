package io.trendflow.features;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.var_samp;

import io.trendflow.history.HorizonWeeks;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/**
 * Shares of the weeks of a horizon in its units, as a market's past suggests them. They are drawn
 * towards even shares, the more so the less they differ from them beyond chance: the factor is the
 * positive part of James and Stein's, 1 - noise / differences (Efron and Morris, Stein's Estimation
 * Rule and Its Competitors, 1973).
 */
final class WeekShares {
  static final ArrayType TYPE = DataTypes.createArrayType(DataTypes.DoubleType, false);

  private WeekShares() {}

  /** Returns the shares of amounts in their sum; null if one is unknown or all are nothing. */
  static double @Nullable [] of(double[] amounts) {
    double all = DoubleStream.of(amounts).sum();
    return all > 0 ? DoubleStream.of(amounts).map(amount -> amount / all).toArray() : null;
  }

  /** Returns the element-wise sum of an array column over the rows of a group. */
  static Column sums(String name, int size) {
    return elements(name, size, element -> sum(element));
  }

  /** Returns the element-wise mean of an array column over the rows of a group. */
  static Column means(String name, int size) {
    return elements(name, size, element -> avg(element));
  }

  /** Returns the element-wise sample variance of an array column over the rows of a group. */
  static Column variances(String name, int size) {
    return elements(name, size, element -> var_samp(element));
  }

  private static Column elements(String name, int size, UnaryOperator<Column> aggregate) {
    return array(
        IntStream.range(0, size)
            .mapToObj(i -> aggregate.apply(col(name).getItem(i)))
            .toArray(Column[]::new));
  }

  /**
   * Returns the shares of a season: those of the same weeks a year earlier. The differences between
   * the latest weeks of the market are the noise.
   *
   * @param yearAgo units of the horizon's weeks, a year earlier
   * @param latest units of the latest weeks, oldest first
   */
  static Column season(Column yearAgo, Column latest, HorizonWeeks weeks) {
    UDF1<Row, double[]> season = past -> season(doubles(past, 0), doubles(past, 1), weeks);
    return udf(season, TYPE).apply(struct(yearAgo, latest));
  }

  /**
   * Returns the shares of past launches. The differences between the launches are the noise.
   *
   * @param means mean share of each week
   * @param variances variance of each week's share between the launches
   * @param launches number of launches
   */
  static Column launch(Column means, Column variances, Column launches, HorizonWeeks weeks) {
    UDF1<Row, double[]> launch =
        past -> launch(doubles(past, 0), doubles(past, 1), past.getLong(2), weeks);
    return udf(launch, TYPE).apply(struct(means, variances, launches));
  }

  static double[] season(double[] yearAgo, double[] latest, HorizonWeeks weeks) {
    double[] shares = of(yearAgo);
    int inBlock = Math.min(weeks.count(), latest.length);
    double[] even = new double[inBlock];
    Arrays.fill(even, 1.0 / inBlock);
    double noise =
        IntStream.iterate(latest.length, end -> end >= inBlock, end -> end - inBlock)
            .mapToObj(end -> of(Arrays.copyOfRange(latest, end - inBlock, end)))
            .mapToDouble(block -> block == null ? Double.NaN : differences(block, even))
            .filter(Double::isFinite)
            .average()
            .orElse(Double.NaN);
    return drawn(shares, noise, weeks);
  }

  static double[] launch(double[] means, double[] variances, long launches, HorizonWeeks weeks) {
    double[] even = weeks.evenShares();
    double noise =
        IntStream.range(0, Math.min(even.length, variances.length))
            .mapToDouble(week -> variances[week] / even[week])
            .sum();
    return drawn(of(means), noise * unbiased(even.length) / launches, weeks);
  }

  /** Returns the shares, drawn towards even ones; even ones if the noise is unknown. */
  private static double[] drawn(double @Nullable [] shares, double noise, HorizonWeeks weeks) {
    double[] even = weeks.evenShares();
    if (shares == null || Double.isNaN(noise)) {
      return even;
    }
    double differences = differences(shares, even);
    double kept = differences > noise ? 1 - noise / differences : 0;
    return IntStream.range(0, even.length)
        .mapToDouble(week -> even[week] + kept * (shares[week] - even[week]))
        .toArray();
  }

  /** Returns the variance of the shares around even ones, each in units of its even share. */
  private static double differences(double[] shares, double[] even) {
    double sum =
        IntStream.range(0, even.length)
            .mapToDouble(week -> Math.pow(shares[week] - even[week], 2) / even[week])
            .sum();
    return sum * unbiased(even.length);
  }

  private static double unbiased(int weeks) {
    return weeks == 1 ? 0 : weeks / (weeks - 1.0);
  }

  /** Returns an array of a struct; a missing element is NaN, as is a missing array. */
  private static double[] doubles(Row struct, int field) {
    return struct.isNullAt(field)
        ? new double[] {Double.NaN}
        : struct.<@Nullable Double>getList(field).stream()
            .mapToDouble(value -> value == null ? Double.NaN : value)
            .toArray();
  }
}
