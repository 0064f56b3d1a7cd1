package io.trendflow.training.measure;

import static java.util.stream.Collectors.averagingDouble;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;

import io.trendflow.training.TrainingData;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Comparison of two models on the same rows. The standard error of a difference is that over the
 * origins; if there are fewer than 8, it is that of a paired bootstrap. Each draw takes, in each
 * group of cutoff and market, as many products as the group has, with replacement, and both models
 * are measured on it (Efron and Tibshirani, An Introduction to the Bootstrap, 1993).
 *
 * <p>In a group of more than 5,000 rows, a draw takes 5,000 of them, and its distance from the
 * measurement of all rows is multiplied by the root of 5,000 over the number of rows: a standard
 * error falls with the root of the sample (Bickel, Götze and van Zwet, Resampling fewer than n
 * observations, 1997). 200 draws of all rows would take minutes for a million rows.
 */
public final class PairedBootstrap implements FlatMapGroupsFunction<String, Row, Row> {
  private static final int DRAWS = 200;
  private static final long SEED = 1;

  /** Most rows of a draw; with fewer, the error would depend on the few products that sell most. */
  static final int MOST_DRAWN = 5_000;

  /** Number of the measurement on the original rows; draws are numbered from 1. */
  private static final int UNDRAWN = 0;

  private static final StructType SCHEMA =
      StructType.fromDDL(
          "metric STRING, draw INT, challenger DOUBLE, champion DOUBLE, `group` STRING");

  private final List<Metric> metrics;
  private final int draws;

  PairedBootstrap(List<Metric> metrics) {
    this(metrics, DRAWS);
  }

  private PairedBootstrap(List<Metric> metrics, int draws) {
    this.metrics = List.copyOf(metrics);
    this.draws = draws;
  }

  /**
   * Compares two backtests on the rows that both have.
   *
   * @param challenger rows of {@code prediction.backtest}, from one recipe
   * @param champion rows of {@code prediction.backtest}, from another recipe
   * @return the challenger less the champion in each metric, over the groups of at least 30 rows in
   *     which it is defined for both; empty if the backtests share no group
   */
  public static List<PairedDifference> of(
      Dataset<Row> challenger, Dataset<Row> champion, List<Metric> metrics) {
    Dataset<Row> both = joined(challenger, champion);
    List<Row> measured = measure(both, new PairedBootstrap(metrics, 0));
    List<Row> draws =
        origins(measured) < NeweyWest.MIN_ORIGINS && !measured.isEmpty()
            ? measure(both, new PairedBootstrap(metrics))
            : List.of();
    return metrics.stream()
        .flatMap(metric -> Stream.ofNullable(difference(metric, measured, draws)))
        .toList();
  }

  /**
   * Compares a backtest's model with a baseline.
   *
   * @param rows rows of {@code prediction.backtest}, from one recipe
   */
  static List<PairedDifference> ofBaseline(
      Dataset<Row> rows, PredictionMethod baseline, List<Metric> metrics) {
    Column predicted =
        coalesce(col(Objects.requireNonNull(baseline.column())), col("baseline_units"));
    return of(
        rows,
        rows.withColumn("expected_units", predicted).withColumn("median_units", predicted),
        metrics);
  }

  private static Dataset<Row> joined(Dataset<Row> challenger, Dataset<Row> champion) {
    Dataset<Row> other =
        champion.select(
            col("cutoff"),
            col("market"),
            col("product_id"),
            col("expected_units").as("champion_expected_units"),
            col("median_units").as("champion_median_units"));
    return challenger
        .select(
            "cutoff",
            "market",
            "product_id",
            "actual_units",
            "baseline_units",
            "price",
            "expected_units",
            "median_units",
            "lower_units",
            "upper_units")
        .join(other, TrainingData.keys());
  }

  private static List<Row> measure(Dataset<Row> joined, PairedBootstrap bootstrap) {
    MapFunction<Row, String> group = BacktestReport::group;
    return joined
        .groupByKey(group, Encoders.STRING())
        .flatMapGroups(bootstrap, Encoders.row(SCHEMA))
        .filter(col("challenger").isNotNull().and(col("champion").isNotNull()))
        .collectAsList();
  }

  private static long origins(List<Row> measured) {
    return measured.stream()
        .map(row -> PairedDifference.origin(row.getString(4)))
        .distinct()
        .count();
  }

  private static @Nullable PairedDifference difference(
      Metric metric, List<Row> measured, List<Row> draws) {
    PairedDifference difference =
        PairedDifference.of(metric, values(metric, measured, 2), values(metric, measured, 3));
    return difference == null || draws.isEmpty()
        ? difference
        : new PairedDifference(
            metric, difference.one(), difference.other(), standardError(metric, draws));
  }

  private static Map<String, Double> values(Metric metric, List<Row> measured, int column) {
    return measured.stream()
        .filter(row -> row.getString(0).equals(metric.name()))
        .collect(toMap(row -> row.getString(4), row -> row.getDouble(column)));
  }

  /** Returns the standard deviation of the draws' differences, each a mean over the groups. */
  private static double standardError(Metric metric, List<Row> draws) {
    Map<Integer, Double> differences =
        draws.stream()
            .filter(row -> row.getString(0).equals(metric.name()) && row.getInt(1) != UNDRAWN)
            .collect(
                groupingBy(
                    row -> row.getInt(1),
                    TreeMap::new,
                    averagingDouble(row -> row.getDouble(2) - row.getDouble(3))));
    double[] values = differences.values().stream().mapToDouble(Double::doubleValue).toArray();
    return new StandardDeviation().evaluate(values);
  }

  @Override
  public Iterator<Row> call(String group, Iterator<Row> iterator) {
    List<Row> rows = GroupEvaluator.byProduct(iterator);
    if (rows.size() < GroupMetric.MIN_ROWS) {
      return List.<Row>of().iterator();
    }
    GroupPredictions challenger = GroupEvaluator.judged(rows);
    double[] expected = GroupEvaluator.column(rows, row -> row.getAs("champion_expected_units"));
    double[] median = GroupEvaluator.column(rows, row -> row.getAs("champion_median_units"));
    GroupPredictions champion = challenger.predicted(expected, median);
    SplittableRandom random = new SplittableRandom(SEED + group.hashCode());
    int drawn = Math.min(rows.size(), MOST_DRAWN);
    List<Row> undrawn = measure(group, UNDRAWN, challenger, champion);
    List<Row> measured = new ArrayList<>(undrawn);
    for (int draw = 1; draw <= draws; draw++) {
      int[] positions = random.ints(drawn, 0, rows.size()).toArray();
      GroupPredictions one = challenger.at(positions);
      GroupPredictions other =
          one.predicted(
              GroupPredictions.at(expected, positions), GroupPredictions.at(median, positions));
      List<Row> found = measure(group, draw, one, other);
      measured.addAll(drawn == rows.size() ? found : scaled(found, undrawn, rows.size()));
    }
    return measured.iterator();
  }

  /** Returns a draw of fewer rows with the distances that a draw of all rows would have. */
  private static List<Row> scaled(List<Row> found, List<Row> undrawn, int rows) {
    double share = Math.sqrt(MOST_DRAWN / (double) rows);
    List<Row> scaled = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      Row draw = found.get(i);
      Row all = undrawn.get(i);
      scaled.add(
          RowFactory.create(
              draw.get(0),
              draw.get(1),
              scaled(draw, all, 2, share),
              scaled(draw, all, 3, share),
              draw.get(4)));
    }
    return scaled;
  }

  private static @Nullable Double scaled(Row draw, Row all, int column, double share) {
    return draw.isNullAt(column) || all.isNullAt(column)
        ? null
        : (Double)
            (all.getDouble(column) + share * (draw.getDouble(column) - all.getDouble(column)));
  }

  private List<Row> measure(
      String group, int draw, GroupPredictions challenger, GroupPredictions champion) {
    return metrics.stream()
        .map(
            metric ->
                RowFactory.create(
                    metric.name(), draw, metric.of(challenger), metric.of(champion), group))
        .toList();
  }
}
