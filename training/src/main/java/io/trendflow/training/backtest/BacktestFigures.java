package io.trendflow.training.backtest;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;

import io.trendflow.model.MetricValue;
import io.trendflow.training.ResidualRows;
import io.trendflow.training.measure.BacktestReport;
import io.trendflow.training.measure.IntervalCoverage;
import io.trendflow.training.measure.MeanTable;
import io.trendflow.training.measure.Metric;
import io.trendflow.training.measure.UpliftCurve;
import io.trendflow.training.measure.VolumeBins;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Figures by which people judge a backtest.
 *
 * @param metrics metrics in the order of the tables
 * @param parts all rows, then each lifecycle
 * @param coverage coverage of the intervals
 * @param calibration tenths by expected units, the lowest first
 * @param sample at most 2,000 predictions, always the same
 * @param uplift curves of the realised uplift
 * @param ablations effect of each group of features
 * @param trends whether the model uses trends and why; null if nothing decided on it
 * @param ensemble which parts the ensemble has and why; null if it has a single one
 */
public record BacktestFigures(
    List<Name> metrics,
    List<Part> parts,
    List<IntervalCoverage> coverage,
    List<Volume> calibration,
    List<Prediction> sample,
    UpliftCurve uplift,
    List<FeatureAblation> ablations,
    @Nullable TrendVerdict trends,
    @Nullable EnsembleVerdict ensemble) {
  private static final int TENTHS = 10;
  private static final int SAMPLE = 2_000;

  /** Name of a metric in data tables and for people, and its meaning. */
  public record Name(String key, String label, String meaning) {}

  /**
   * Mean metrics of the model and the baselines on a part of the rows.
   *
   * @param part {@code all} or a lifecycle
   * @param groups number of groups of at least 30 rows, which count in the means
   * @param differences the model less each baseline
   */
  public record Part(
      String part, long rows, long groups, List<MetricValue> means, List<MetricValue> differences) {
    private String table() {
      return groups == 0
          ? "%-16s %d rows, no group of 30 or more rows".formatted(part, rows)
          : MeanTable.of(part, groups, means);
    }
  }

  /** Mean expected and actual units of the rows in a bin by expected units. */
  public record Volume(long rows, double expected, double actual) {}

  /** Prediction and actual units of a row. */
  public record Prediction(String lifecycle, double expected, double actual) {}

  static BacktestFigures of(BacktestResult result) {
    Map<String, BacktestReport> parts = parts(result);
    Dataset<Row> rows = result.rows();
    return new BacktestFigures(
        Arrays.stream(Metric.values()).map(m -> new Name(m.key(), m.label(), m.meaning())).toList(),
        parts.entrySet().stream().map(part -> part(part.getKey(), part.getValue())).toList(),
        IntervalCoverage.of(rows),
        calibration(rows),
        sample(rows),
        UpliftCurve.of(rows),
        ablations(result, parts),
        result.trends(),
        result.ensemble());
  }

  private static List<FeatureAblation> ablations(
      BacktestResult result, Map<String, BacktestReport> parts) {
    return result.ablations().entrySet().stream()
        .map(
            e ->
                FeatureAblation.of(e.getKey(), e.getValue().recipeId(), parts, parts(e.getValue())))
        .toList();
  }

  /**
   * Returns tables for people: the metrics of each lifecycle, the coverage, and the effect of each
   * group of features, of the trends and of the parts of the ensemble.
   */
  public String text() {
    List<String> tables = new ArrayList<>();
    parts.stream()
        .filter(part -> !part.part().equals(IntervalCoverage.ALL))
        .map(Part::table)
        .forEach(tables::add);
    tables.add("Share of rows inside the 80 % interval");
    coverage.stream().map(IntervalCoverage::line).forEach(tables::add);
    ablations.stream().map(FeatureAblation::table).forEach(tables::add);
    if (trends != null) {
      Stream.of(trends.added(), trends.overShuffled())
          .flatMap(Stream::ofNullable)
          .map(FeatureAblation::table)
          .forEach(tables::add);
      tables.add(trends.reason());
    }
    if (ensemble != null) {
      tables.add(ensemble.reason());
    }
    return String.join(System.lineSeparator(), tables);
  }

  static Map<String, BacktestReport> parts(BacktestResult result) {
    Map<String, BacktestReport> parts = new LinkedHashMap<>();
    parts.put(IntervalCoverage.ALL, result.report());
    parts.putAll(BacktestReport.byLifecycle(result.rows()));
    return parts;
  }

  private static Part part(String part, BacktestReport report) {
    return new Part(
        part, report.rows(), report.judgedGroups(), report.means(), report.differences());
  }

  static List<Volume> calibration(Dataset<Row> rows) {
    return rows
        .groupBy(VolumeBins.of(rows, TENTHS).as("bin"))
        .agg(count("*"), avg("expected_units"), avg("actual_units"))
        .orderBy("bin")
        .collectAsList()
        .stream()
        .map(row -> new Volume(row.getLong(1), row.getDouble(2), row.getDouble(3)))
        .toList();
  }

  private static List<Prediction> sample(Dataset<Row> rows) {
    return ResidualRows.sample(rows, SAMPLE)
        .select(col("lifecycle"), col("expected_units"), col("actual_units"))
        .collectAsList()
        .stream()
        .map(row -> new Prediction(row.getString(0), row.getDouble(1), row.getDouble(2)))
        .toList();
  }
}
