package io.trendflow.jobs.monitor;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.sum;

import io.trendflow.jobs.store.TableStore;
import io.trendflow.model.PopulationStability;
import io.trendflow.schemas.FirstProducts;
import io.trendflow.schemas.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Checks of a run's predictions against those of up to eight runs before: their distribution, their
 * sum over that of the baselines, and the products at the head of the list.
 */
public final class PredictionChecks {
  private static final int RUNS = 8;
  private static final int LEAST_RUNS = 4;
  private static final int BINS = 10;
  private static final double WARN = 0.1;
  private static final double ALERT = 0.25;
  private static final double WARN_SCORE = 4;
  private static final double ALERT_SCORE = 6;
  private static final double LEAST_DEVIATION = 0.05;
  private static final double CHURN = 0.6;
  private static final int CHURN_DAYS = 14;

  private final TableStore store;

  /** Creates the checks of a store's runs. */
  public PredictionChecks(TableStore store) {
    this.store = store;
  }

  /** Returns the findings about the latest of the runs; empty for fewer than five runs. */
  public List<MonitorFinding> of(MonitoredRuns monitored) {
    List<Row> runs = monitored.runs();
    if (runs.size() <= LEAST_RUNS) {
      return List.of();
    }
    Row latest = runs.get(runs.size() - 1);
    List<Row> earlier = runs.subList(Math.max(0, runs.size() - 1 - RUNS), runs.size() - 1);
    List<MonitorFinding> findings = new ArrayList<>();
    List<String> before = earlier.stream().map(PredictionChecks::id).toList();
    Dataset<Row> scores =
        store.read(Table.SCORES, Stream.concat(before.stream(), Stream.of(id(latest))).toList());
    findings.add(distribution(id(latest), before, raw(scores)));
    findings.add(growth(id(latest), before, growth(scores)));
    Row previous = earlier.get(earlier.size() - 1);
    if (day(previous).plusDays(CHURN_DAYS).isAfter(day(latest))) {
      findings.add(churn(latest, previous));
    }
    return findings;
  }

  private static LocalDate day(Row run) {
    return run.getAs("as_of");
  }

  private static String id(Row run) {
    return run.getAs("run_id");
  }

  /** Returns the raw predictions of each run: the median is their inverse transform. */
  private static Map<String, double[]> raw(Dataset<Row> scores) {
    Map<String, double[]> raw = new HashMap<>();
    scores
        .groupBy("run_id")
        .agg(collect_list(log1p(col("median_units"))))
        .collectAsList()
        .forEach(
            row ->
                raw.put(
                    row.getString(0),
                    row.<Double>getList(1).stream().mapToDouble(Double::doubleValue).toArray()));
    return raw;
  }

  /** Returns the sum of the expected units of each run over that of its baselines. */
  private static Map<String, Double> growth(Dataset<Row> scores) {
    Map<String, Double> growth = new HashMap<>();
    scores
        .groupBy("run_id")
        .agg(sum("expected_units"), sum("baseline_units"))
        .collectAsList()
        .forEach(
            sums ->
                growth.put(
                    sums.getString(0),
                    sums.getDouble(2) == 0 ? 1 : sums.getDouble(1) / sums.getDouble(2)));
    return growth;
  }

  private static MonitorFinding distribution(
      String latest, List<String> earlier, Map<String, double[]> raw) {
    List<double[]> before =
        earlier.stream().map(run -> raw.getOrDefault(run, new double[0])).toList();
    double[] pooled = before.stream().flatMapToDouble(Arrays::stream).sorted().toArray();
    double[] edges = new double[BINS - 1];
    for (int i = 1; i < BINS; i++) {
      edges[i - 1] = pooled[(int) ((long) i * pooled.length / BINS)];
    }
    double[] reference = shares(pooled, edges);
    double usual =
        before.stream()
            .mapToDouble(own -> PopulationStability.index(reference, shares(own, edges)))
            .max()
            .orElseThrow();
    double[] own = raw.getOrDefault(latest, new double[0]);
    double index = PopulationStability.index(reference, shares(own, edges));
    double warn = Math.max(WARN, 1.5 * usual);
    return new MonitorFinding(
        "predictions",
        "all",
        "psi",
        FindingLevel.above(index, warn, Math.max(ALERT, 3 * usual)),
        index,
        usual,
        null,
        warn,
        own.length,
        List.of());
  }

  private static double[] shares(double[] values, double[] edges) {
    double[] shares = new double[edges.length + 1];
    for (double value : values) {
      int bin = 0;
      while (bin < edges.length && value > edges[bin]) {
        bin++;
      }
      shares[bin] += 1.0 / values.length;
    }
    return shares;
  }

  private static MonitorFinding growth(
      String latest, List<String> earlier, Map<String, Double> growth) {
    double[] before = earlier.stream().mapToDouble(run -> growth.getOrDefault(run, 1.0)).toArray();
    double value = growth.getOrDefault(latest, 1.0);
    double score = Math.abs(RobustScore.of(value, before, LEAST_DEVIATION));
    return new MonitorFinding(
        "predictions",
        "all",
        "growth",
        FindingLevel.above(score, WARN_SCORE, ALERT_SCORE),
        value,
        RobustScore.median(before),
        null,
        null,
        before.length,
        List.of());
  }

  private MonitorFinding churn(Row latest, Row previous) {
    Set<List<String>> now = first(latest);
    Set<List<String>> before = first(previous);
    double share = (double) now.stream().filter(key -> !before.contains(key)).count() / now.size();
    return new MonitorFinding(
        "predictions",
        "all",
        "churn",
        share > CHURN ? FindingLevel.WARN : FindingLevel.OK,
        share,
        null,
        null,
        CHURN,
        now.size(),
        List.of());
  }

  private Set<List<String>> first(Row run) {
    Set<List<String>> keys = new HashSet<>();
    store
        .read(Table.SCORES, id(run))
        .filter(col("rank").leq(lit(FirstProducts.MOST)))
        .select("market", "product_id")
        .collectAsList()
        .forEach(row -> keys.add(List.of(row.getString(0), row.getString(1))));
    return keys;
  }
}
