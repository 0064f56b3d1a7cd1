package io.trendflow.jobs.monitor;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.trendflow.features.FeatureSettings;
import io.trendflow.features.ForecastActuals;
import io.trendflow.features.SalesCalendar;
import io.trendflow.features.SourceTables;
import io.trendflow.history.EpochTimes;
import io.trendflow.jobs.store.TableStore;
import io.trendflow.schemas.FirstProducts;
import io.trendflow.schemas.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Outcomes of published forecasts: what was sold over their horizons, as known at the end of a day.
 */
public final class RunOutcomes {
  /** Days by which the horizon of a launch may begin after that of other products. */
  private static final int LAUNCH_AHEAD_DAYS = 28;

  private final TableStore store;
  private final SourceTables tables;
  private final SalesCalendar calendar;
  private final FeatureSettings settings;
  private final List<String> ingestIds;
  private final LocalDate asOf;

  private final CountingMonitors monitors;

  /**
   * Reads which outcomes exist.
   *
   * @param ingestIds ids of the ingests whose rows the tables have
   * @param asOf day at whose end the sales are known
   */
  public RunOutcomes(
      TableStore store,
      SourceTables tables,
      SalesCalendar calendar,
      FeatureSettings settings,
      List<String> ingestIds,
      LocalDate asOf) {
    this.store = store;
    this.tables = tables;
    this.calendar = calendar;
    this.settings = settings;
    this.ingestIds = ingestIds;
    this.asOf = asOf;
    this.monitors = CountingMonitors.of(store, asOf);
  }

  /**
   * Writes the outcomes of the runs that have none yet, or others than before: a corrected sale, or
   * a launch whose horizon ended later. A run is written as a whole or not at all.
   *
   * @return number of written rows
   */
  public long write(MonitoredRuns runs, String monitorId) {
    List<String> touched = touched(runs);
    Dataset<Row> forecasts =
        store
            .read(Table.SCORES, touched)
            .select(
                Table.OUTCOMES.contract().fields().stream()
                    .map(field -> field.name())
                    .filter(Set.of(store.read(Table.SCORES, touched).columns())::contains)
                    .map(name -> col(name))
                    .toArray(Column[]::new));
    Dataset<Row> outcomes =
        judged(
                forecasts.join(
                    ForecastActuals.of(tables, calendar, forecasts, asOf, settings),
                    new String[] {"run_id", "market", "product_id"}))
            .persist();
    try {
      Set<String> changed = different(outcomes, touched);
      return store.append(
          Table.OUTCOMES,
          monitorId,
          outcomes
              .filter(col("run_id").isin(changed.toArray()))
              .withColumn("monitor_id", lit(monitorId)));
    } finally {
      outcomes.unpersist();
    }
  }

  /** Adds to forecasts with their actual units whether these are inside the interval, and a hit. */
  static Dataset<Row> judged(Dataset<Row> forecasts) {
    return forecasts
        .withColumn("inside", col("actual_units").between(col("lower_units"), col("upper_units")))
        .withColumn("hit", col("actual_units").gt(col("baseline_units")));
  }

  /**
   * Returns the runs whose horizons are over and may have other outcomes than before: those without
   * any, and those over whose horizons sales became known since.
   */
  private List<String> touched(MonitoredRuns runs) {
    LocalDate watermark = calendar.watermark(asOf).orElse(LocalDate.MIN);
    List<String> touched = new ArrayList<>();
    Map<String, List<Row>> revisions = new HashMap<>();
    for (Row run : runs.runs()) {
      String id = run.getAs("run_id");
      LocalDate first = run.<LocalDate>getAs("as_of").plusDays(1);
      LocalDate last = run.<LocalDate>getAs("as_of").plusDays(run.<Long>getAs("horizon_days"));
      String monitor = monitors.byRun().get(id);
      boolean over = !last.isAfter(watermark);
      if (over
          && (monitor == null
              || revisions.computeIfAbsent(monitor, this::revisedSince).stream()
                  .anyMatch(
                      days ->
                          !days.<LocalDate>getAs("first_day")
                                  .isAfter(last.plusDays(LAUNCH_AHEAD_DAYS))
                              && !days.<LocalDate>getAs("last_day").isBefore(first)))) {
        touched.add(id);
      }
    }
    return touched;
  }

  /** Returns the first and last days of the sales that a monitoring did not know. */
  private List<Row> revisedSince(String monitorId) {
    Row monitor = Objects.requireNonNull(monitors.rows().get(monitorId));
    List<String> read = monitor.getList(monitor.fieldIndex("ingest_ids"));
    Instant end =
        Instant.EPOCH.plus(
            EpochTimes.endOf(EpochTimes.day(monitor.<LocalDate>getAs("as_of"))), ChronoUnit.MICROS);
    Column unknown =
        col("available_at").gt(lit(end)).or(not(col("ingest_id").isin(read.toArray())));
    // A superseded ingest may have had sales that no row has any more.
    Dataset<Row> sales =
        ingestIds.containsAll(read) ? tables.sales().filter(unknown) : tables.sales();
    return sales
        .select(
            col("sale_date").as("first_day"),
            expr("date_add(sale_date, cast(period_days as int) - 1)").as("last_day"))
        .distinct()
        .collectAsList();
  }

  private Set<String> different(Dataset<Row> outcomes, Collection<String> runs) {
    String[] key = {"run_id", "market", "product_id"};
    Dataset<Row> before =
        monitors
            .outcomes(store, runs)
            .select(col("run_id"), col("market"), col("product_id"), col("actual_units"))
            .withColumnRenamed("actual_units", "earlier_units");
    return outcomes
        .select(col("run_id"), col("market"), col("product_id"), col("actual_units"))
        .join(before, key, "full_outer")
        .filter(not(col("actual_units").eqNullSafe(col("earlier_units"))))
        .select("run_id")
        .distinct()
        .as(Encoders.STRING())
        .collectAsList()
        .stream()
        .collect(Collectors.toSet());
  }

  /**
   * Returns the results of all judged runs by run and market, the earliest first: those that a
   * batch has just written, and those that counted before.
   */
  public List<Row> results(MonitoredRuns runs, String monitorId) {
    List<Row> results = new ArrayList<>(results(store.read(Table.OUTCOMES, monitorId)));
    Set<String> own =
        results.stream().map(row -> row.<String>getAs("run_id")).collect(Collectors.toSet());
    Set<String> others = new TreeSet<>(runs.ids());
    others.removeAll(own);
    monitors
        .rows()
        .values()
        .forEach(
            monitor ->
                monitor.<Row>getList(monitor.fieldIndex("results")).stream()
                    .filter(row -> others.contains(row.<String>getAs("run_id")))
                    .filter(
                        row ->
                            monitor
                                .getAs("monitor_id")
                                .equals(monitors.byRun().get(row.<String>getAs("run_id"))))
                    .forEach(results::add));
    results.sort(Comparator.comparing(row -> row.<LocalDate>getAs("as_of")));
    return results;
  }

  /**
   * Returns the results by run and market, as the column {@code results} of {@code
   * quality.monitors} has them.
   *
   * @param outcomes rows of {@code prediction.outcomes}
   */
  public static List<Row> results(Dataset<Row> outcomes) {
    Column first = col("rank").leq(FirstProducts.MOST);
    Column promised = col("expected_units").minus(col("baseline_units"));
    Column realised = col("actual_units").minus(col("baseline_units"));
    return outcomes
        .groupBy("run_id", "as_of", "horizon_days", "market")
        .agg(
            count(lit(1)).as("rows"),
            count_if(col("hit")).as("hits"),
            count_if(col("inside")).as("inside"),
            count_if(first).as("first_rows"),
            count_if(first.and(col("hit"))).as("first_hits"),
            sum(when(first, promised).otherwise(0.0)).as("first_promised_units"),
            sum(when(first, realised).otherwise(0.0)).as("first_realised_units"))
        .orderBy("as_of", "market")
        .collectAsList();
  }
}
