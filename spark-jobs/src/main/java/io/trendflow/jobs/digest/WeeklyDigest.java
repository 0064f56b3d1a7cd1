package io.trendflow.jobs.digest;

import static org.apache.spark.sql.functions.col;

import io.trendflow.jobs.monitor.CountingMonitors;
import io.trendflow.jobs.monitor.MonitoredRuns;
import io.trendflow.jobs.store.TableStore;
import io.trendflow.model.finding.FindingFigure;
import io.trendflow.schemas.FirstProducts;
import io.trendflow.schemas.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Content of the weekly digest.
 *
 * @param asOf cutoff of the latest run
 * @param horizonDays number of days that the run predicts
 * @param result what the list of the latest run whose period is over brought; null if there is none
 * @param risers the first products of the latest run
 * @param added products at the head of the list that were not there a week before; null if there is
 *     no run of a week before
 * @param slowing products whose forecast is farthest below their usual pace
 * @param findings alerts, then warnings, of the latest monitoring; null if there is none
 * @param sources sources with their last days
 */
record WeeklyDigest(
    LocalDate asOf,
    long horizonDays,
    @Nullable EarlierList result,
    List<Line> risers,
    @Nullable List<Line> added,
    List<Line> slowing,
    @Nullable List<FindingLine> findings,
    List<SourceLine> sources) {
  private static final int MOST = 10;
  private static final int WEEK = 7;

  /**
   * Forecast of a product.
   *
   * @param sold units that were sold; null if the period is not over
   */
  record Line(
      String product,
      String market,
      double usual,
      double expected,
      double lower,
      double upper,
      @Nullable Double sold) {
    private static Line of(Row row, @Nullable Double sold) {
      String name = row.getAs("name");
      return new Line(
          name == null ? row.<String>getAs("product_id") : name,
          row.getAs("market"),
          row.getAs("baseline_units"),
          row.getAs("expected_units"),
          row.getAs("lower_units"),
          row.getAs("upper_units"),
          sold);
    }
  }

  /**
   * Sums of an earlier list's first products, and the first ten of them.
   *
   * @param promised units beyond the usual pace that were forecast
   * @param realised units beyond the usual pace that were sold
   */
  record EarlierList(
      LocalDate asOf,
      long horizonDays,
      long products,
      long hits,
      double promised,
      double realised,
      List<Line> first) {}

  /** Finding with its level, {@code alert} or {@code warn}. */
  record FindingLine(String level, FindingFigure figure) {}

  /**
   * Source.
   *
   * @param lastDay last complete day; null if it has none
   */
  record SourceLine(String source, @Nullable LocalDate lastDay) {}

  /**
   * Reads the content.
   *
   * @throws IllegalArgumentException if no run was published up to the day
   */
  static WeeklyDigest read(TableStore store, LocalDate asOf) {
    MonitoredRuns runs = MonitoredRuns.of(store, asOf);
    Row latest =
        runs.latest()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "No run was published with data up to " + asOf + ": run score first."));
    LocalDate day = latest.getAs("as_of");
    Dataset<Row> scores = store.read(Table.SCORES, id(latest));
    List<Row> first = first(scores);
    Optional<Row> before =
        runs.runs().stream()
            .filter(run -> !run.<LocalDate>getAs("as_of").isAfter(day.minusDays(WEEK)))
            .reduce((earlier, later) -> later);
    CountingMonitors monitors = CountingMonitors.of(store, asOf);
    return new WeeklyDigest(
        day,
        latest.getAs("horizon_days"),
        runs.runs().stream()
            .filter(run -> monitors.byRun().containsKey(run.<String>getAs("run_id")))
            .reduce((earlier, later) -> later)
            .map(run -> result(run, monitors.outcomes(store, List.of(id(run)))))
            .orElse(null),
        lines(first.stream().filter(row -> uplift(row) > 0).toList()),
        before.map(run -> added(first, first(store.read(Table.SCORES, id(run))))).orElse(null),
        lines(
            scores
                .filter(col("uplift_units").lt(0))
                .orderBy(col("uplift_units"), col("market"), col("product_id"))
                .takeAsList(MOST)),
        monitors.latest().map(id -> findings(store, id)).orElse(null),
        latest.<Row>getList(latest.fieldIndex("sources")).stream()
            .map(source -> new SourceLine(source.getAs("source"), source.getAs("watermark")))
            .toList());
  }

  private static String id(Row run) {
    return run.getAs("run_id");
  }

  private static double uplift(Row row) {
    return row.<Double>getAs("expected_units") - row.<Double>getAs("baseline_units");
  }

  /** Returns the products at the head of each market's list, the first of each market first. */
  private static List<Row> first(Dataset<Row> rows) {
    return rows.filter(col("rank").leq(FirstProducts.MOST))
        .orderBy("rank", "market")
        .collectAsList();
  }

  private static List<Line> lines(List<Row> rows) {
    return rows.stream().limit(MOST).map(row -> Line.of(row, null)).toList();
  }

  private static List<String> key(Row row) {
    return List.of(row.getAs("market"), row.getAs("product_id"));
  }

  private static List<Line> added(List<Row> now, List<Row> before) {
    Set<List<String>> known = new HashSet<>();
    before.forEach(row -> known.add(key(row)));
    return lines(now.stream().filter(row -> !known.contains(key(row))).toList());
  }

  private static EarlierList result(Row run, Dataset<Row> outcomes) {
    List<Row> first = first(outcomes);
    double promised = 0;
    double realised = 0;
    long hits = 0;
    for (Row row : first) {
      promised += uplift(row);
      realised += row.<Double>getAs("actual_units") - row.<Double>getAs("baseline_units");
      hits += row.<Boolean>getAs("hit") ? 1 : 0;
    }
    return new EarlierList(
        run.getAs("as_of"),
        run.getAs("horizon_days"),
        first.size(),
        hits,
        promised,
        realised,
        first.stream()
            .limit(MOST)
            .map(row -> Line.of(row, row.<Double>getAs("actual_units")))
            .toList());
  }

  private static List<FindingLine> findings(TableStore store, String monitorId) {
    List<FindingLine> findings = new ArrayList<>();
    for (Row row :
        store
            .read(Table.FINDINGS, monitorId)
            .filter(col("level").notEqual("ok"))
            .orderBy("area", "subject", "metric")
            .collectAsList()) {
      findings.add(
          new FindingLine(
              row.getAs("level"),
              new FindingFigure(
                  row.getAs("area"),
                  row.getAs("subject"),
                  row.getAs("metric"),
                  row.getAs("value"),
                  row.getAs("reference"),
                  row.getList(row.fieldIndex("arguments")))));
    }
    findings.sort(Comparator.comparing(FindingLine::level));
    return findings;
  }
}
