package io.trendflow.training.measure;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;

import io.trendflow.training.TrainingData;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * Paired bootstrap of two models on the same rows. Each draw takes, in each group of cutoff and
 * market, as many products as the group has, with replacement, and both models are measured on it
 * (Efron and Tibshirani, An Introduction to the Bootstrap, 1993).
 */
public final class PairedBootstrap implements FlatMapGroupsFunction<String, Row, Row> {
  private static final int DRAWS = 200;
  private static final long SEED = 1;

  /** Number of the measurement on the original rows; draws are numbered from 1. */
  private static final int UNDRAWN = 0;

  private static final StructType SCHEMA =
      StructType.fromDDL("metric STRING, draw INT, challenger DOUBLE, champion DOUBLE");

  private final List<Metric> metrics;

  PairedBootstrap(List<Metric> metrics) {
    this.metrics = List.copyOf(metrics);
  }

  /**
   * Metric of two models, each the unweighted mean of the groups of at least 30 rows in which it is
   * defined.
   *
   * @param better share of the draws in which the challenger is better, from 0 to 1
   * @param worse share of the draws in which it is worse; the draws without a difference are
   *     neither
   */
  public record Comparison(
      Metric metric, double challenger, double champion, double better, double worse) {}

  /**
   * Compares two backtests on the rows that both have.
   *
   * @param challenger rows of {@code prediction.backtest}, from one recipe
   * @param champion rows of {@code prediction.backtest}, from another recipe
   * @return one comparison for each metric; empty if the backtests share no group
   */
  public static List<Comparison> of(
      Dataset<Row> challenger, Dataset<Row> champion, List<Metric> metrics) {
    Dataset<Row> other =
        champion
            .withColumnRenamed("expected_units", "champion_expected_units")
            .withColumnRenamed("median_units", "champion_median_units")
            .select(
                "cutoff",
                "market",
                "product_id",
                "champion_expected_units",
                "champion_median_units");
    MapFunction<Row, String> group = BacktestReport::group;
    List<Row> draws =
        challenger
            .join(other, TrainingData.keys())
            .groupByKey(group, Encoders.STRING())
            .flatMapGroups(new PairedBootstrap(metrics), Encoders.row(SCHEMA))
            .groupBy("metric", "draw")
            .agg(avg("challenger").as("challenger"), avg("champion").as("champion"))
            .filter(col("challenger").isNotNull().and(col("champion").isNotNull()))
            .collectAsList();
    return metrics.stream()
        .map(metric -> draws.stream().filter(d -> d.getString(0).equals(metric.name())).toList())
        .filter(ofMetric -> !ofMetric.isEmpty())
        .map(PairedBootstrap::comparison)
        .toList();
  }

  private static Comparison comparison(List<Row> draws) {
    Metric metric = Metric.valueOf(draws.get(0).getString(0));
    Row undrawn =
        draws.stream().filter(draw -> draw.getInt(1) == UNDRAWN).findFirst().orElseThrow();
    return new Comparison(
        metric,
        undrawn.getDouble(2),
        undrawn.getDouble(3),
        share(draws, draw -> metric.isBetter(draw.getDouble(2), draw.getDouble(3))),
        share(draws, draw -> metric.isBetter(draw.getDouble(3), draw.getDouble(2))));
  }

  private static double share(List<Row> draws, Predicate<Row> counts) {
    long counted = draws.stream().filter(draw -> draw.getInt(1) != UNDRAWN).filter(counts).count();
    return counted / (draws.size() - 1.0);
  }

  @Override
  public Iterator<Row> call(String group, Iterator<Row> iterator) {
    List<Row> rows = GroupEvaluator.byProduct(iterator);
    if (rows.size() < GroupMetric.MIN_ROWS) {
      return List.<Row>of().iterator();
    }
    GroupPredictions challenger = GroupEvaluator.judged(rows, PredictionMethod.MODEL);
    GroupPredictions champion =
        challenger.predicted(
            GroupEvaluator.column(rows, row -> row.getAs("champion_expected_units")),
            GroupEvaluator.column(rows, row -> row.getAs("champion_median_units")));
    SplittableRandom random = new SplittableRandom(SEED + group.hashCode());
    List<Row> measured = new ArrayList<>(measure(UNDRAWN, challenger, champion));
    for (int draw = 1; draw <= DRAWS; draw++) {
      int[] positions = random.ints(rows.size(), 0, rows.size()).toArray();
      measured.addAll(measure(draw, challenger.at(positions), champion.at(positions)));
    }
    return measured.iterator();
  }

  private List<Row> measure(int draw, GroupPredictions challenger, GroupPredictions champion) {
    return metrics.stream()
        .map(
            metric ->
                RowFactory.create(metric.name(), draw, metric.of(challenger), metric.of(champion)))
        .toList();
  }
}
