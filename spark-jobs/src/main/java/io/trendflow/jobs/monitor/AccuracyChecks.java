package io.trendflow.jobs.monitor;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.row_number;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Checks of the results of the last two runs whose horizons are over against the results of the
 * model's backtest. A figure is bad if it is bad in both runs.
 */
public final class AccuracyChecks {
  /** Fewest groups of origin and market from which a spread is estimated. */
  private static final int LEAST_GROUPS = 8;

  private static final double WARN = 2;
  private static final double ALERT = 3;

  /** Least spread of a figure between two origins. */
  private static final double LEAST_SPREAD = 0.05;

  private enum Figure {
    HITS("hits", false, row -> ratio(row.<Long>getAs("first_hits"), row.<Long>getAs("first_rows"))),
    PROMISE(
        "promise_kept",
        true,
        row ->
            ratio(
                row.<Double>getAs("first_realised_units"),
                row.<Double>getAs("first_promised_units"))),
    COVERAGE("coverage", false, row -> ratio(row.<Long>getAs("inside"), row.<Long>getAs("rows")));

    private final String metric;

    /** Whether a value that is too high is worth a look; it never is an alert. */
    private final boolean twoSided;

    private final ToDoubleFunction<Row> of;

    Figure(String metric, boolean twoSided, ToDoubleFunction<Row> of) {
      this.metric = metric;
      this.twoSided = twoSided;
      this.of = of;
    }

    private static double ratio(double part, double whole) {
      return whole > 0 ? part / whole : Double.NaN;
    }

    private double mean(Collection<Row> results) {
      return results.stream()
          .mapToDouble(of)
          .filter(x -> !Double.isNaN(x))
          .average()
          .orElse(Double.NaN);
    }
  }

  private AccuracyChecks() {}

  /**
   * Returns a backtest's results by origin and market, like those of {@link RunOutcomes#results}.
   *
   * @param backtest rows of {@code prediction.backtest} of one recipe
   */
  public static List<Row> backtest(Dataset<Row> backtest) {
    Dataset<Row> ranked =
        backtest
            .filter(col("lower_units").isNotNull())
            .withColumn(
                "rank",
                row_number()
                    .over(
                        Window.partitionBy("cutoff", "market")
                            .orderBy(
                                col("expected_units").minus(col("baseline_units")).desc(),
                                col("product_id"))))
            .withColumn("run_id", col("cutoff").cast("string"))
            .withColumn("as_of", col("cutoff"));
    return RunOutcomes.results(RunOutcomes.judged(ranked));
  }

  /**
   * Returns the findings; empty for fewer than two runs.
   *
   * @param judged results of runs by market
   * @param backtest results of the model's backtest by origin and market
   */
  public static List<MonitorFinding> of(List<Row> judged, List<Row> backtest) {
    Map<String, List<Row>> runs = new TreeMap<>();
    judged.forEach(
        row ->
            runs.computeIfAbsent(
                    row.getAs("as_of") + row.<String>getAs("run_id"), r -> new ArrayList<>())
                .add(row));
    List<List<Row>> latest = new ArrayList<>(runs.values());
    if (latest.size() < 2) {
      return List.of();
    }
    List<MonitorFinding> findings = new ArrayList<>();
    for (Figure figure : Figure.values()) {
      double[] usual =
          backtest.stream().mapToDouble(figure.of).filter(x -> !Double.isNaN(x)).toArray();
      double last = figure.mean(latest.get(latest.size() - 1));
      double before = figure.mean(latest.get(latest.size() - 2));
      if (usual.length >= LEAST_GROUPS && !Double.isNaN(last) && !Double.isNaN(before)) {
        findings.add(finding(figure, last, before, usual, latest.get(latest.size() - 1).size()));
      }
    }
    return findings;
  }

  private static MonitorFinding finding(
      Figure figure, double last, double before, double[] usual, int markets) {
    double mean = Arrays.stream(usual).average().orElseThrow();
    double spread = Math.max(LEAST_SPREAD, new StandardDeviation().evaluate(usual, mean));
    double distance =
        Math.min(distance(figure, last, mean, spread), distance(figure, before, mean, spread));
    boolean sameSide = (last > mean) == (before > mean);
    return new MonitorFinding(
        "accuracy",
        "all",
        figure.metric,
        sameSide
            ? FindingLevel.above(distance, WARN, ALERT).alertOnlyIf(last <= mean)
            : FindingLevel.OK,
        last,
        mean,
        mean - WARN * spread,
        figure.twoSided ? (Double) (mean + WARN * spread) : null,
        markets,
        List.of());
  }

  private static double distance(Figure figure, double value, double mean, double spread) {
    double distance = (mean - value) / spread;
    return figure.twoSided ? Math.abs(distance) : distance;
  }
}
