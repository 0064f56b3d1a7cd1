package io.trendflow.jobs.monitor;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.percentile_approx;
import static org.apache.spark.sql.functions.sum;

import io.trendflow.features.SourceTables;
import io.trendflow.history.EpochTimes;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Checks of the sources against their own history, as known at the end of a day: days without data,
 * and for sales the rows of a week, the units of an order and the prices.
 */
public final class SourceChecks {
  private static final int WEEKS = 8;
  private static final int DAYS = 7 * (WEEKS + 1);

  /** Robust scores from which a figure is unusual. */
  private static final double WARN = 4;

  private static final double ALERT = 6;

  /** Relative deviation of a week that is always usual. */
  private static final double LEAST_DEVIATION = 0.08;

  /** Least factor by which the units of an order change if their unit of measure does. */
  private static final double ALERT_UNITS = 1.5;

  /** Factors by which prices change from one week to the next. */
  private static final double WARN_PRICE = 2;

  private static final double ALERT_PRICE = 5;

  private final LocalDate asOf;
  private final Map<String, Integer> cadences;

  /**
   * Creates the checks.
   *
   * @param cadences configured cadence of sources in days, by source
   */
  public SourceChecks(LocalDate asOf, Map<String, Integer> cadences) {
    this.asOf = asOf;
    this.cadences = cadences;
  }

  /** Returns the findings of all sources of sales and trends. */
  public List<MonitorFinding> of(SourceTables tables) {
    List<MonitorFinding> findings = new ArrayList<>();
    findings.addAll(silence(known(tables.sales()), "sale_date"));
    findings.addAll(silence(known(tables.signals()), "observed_on"));
    Dataset<Row> sales = latest(known(tables.sales())).persist();
    findings.addAll(volumes(sales));
    findings.addAll(prices(sales));
    sales.unpersist();
    return findings;
  }

  private Dataset<Row> known(Dataset<Row> rows) {
    Instant end = Instant.EPOCH.plus(EpochTimes.endOf(EpochTimes.day(asOf)), ChronoUnit.MICROS);
    return rows.filter(col("available_at").leq(lit(end)));
  }

  /** Returns the latest revision of each sale of the last weeks. */
  private Dataset<Row> latest(Dataset<Row> sales) {
    Column newest = col("available_at");
    return sales
        .filter(col("sale_date").gt(lit(asOf.minusDays(2L * DAYS))))
        .groupBy("source", "market", "product_id", "sale_date")
        .agg(
            max_by(col("gross_units"), newest).as("units"),
            // A single bulk order must not look like another unit of measure.
            max_by(coalesce(col("capped_units"), col("gross_units")), newest).as("usual_units"),
            max_by(expr("cast(gross_revenue as double)"), newest).as("revenue"),
            max_by(col("orders"), newest).as("orders"));
  }

  /**
   * Compares the days since the last record with the usual gap between records and the usual delay
   * until a record is known.
   */
  private List<MonitorFinding> silence(Dataset<Row> rows, String firstDay) {
    Map<String, List<Row>> days = new TreeMap<>();
    rows.select(
            col("source"),
            expr("date_add(%s, cast(period_days as int) - 1)".formatted(firstDay)).as("day"),
            expr("to_date(available_at)").as("known"))
        .groupBy("source", "day")
        .agg(min("known").as("known"))
        .collectAsList()
        .forEach(row -> days.computeIfAbsent(row.getString(0), s -> new ArrayList<>()).add(row));
    List<MonitorFinding> findings = new ArrayList<>();
    days.forEach((source, own) -> findings.add(silence(source, own)));
    return findings;
  }

  private MonitorFinding silence(String source, List<Row> rows) {
    long[] days =
        rows.stream().mapToLong(row -> row.<LocalDate>getAs("day").toEpochDay()).sorted().toArray();
    long last = days[days.length - 1];
    long[] recent = Arrays.stream(days).filter(day -> day > last - DAYS).toArray();
    long gap = 1;
    for (int i = 1; i < recent.length; i++) {
      gap = Math.max(gap, recent[i] - recent[i - 1]);
    }
    gap = cadences.getOrDefault(source, (int) gap);
    double delay =
        RobustScore.median(
            rows.stream()
                .mapToDouble(
                    row ->
                        Math.max(
                            0,
                            ChronoUnit.DAYS.between(
                                row.<LocalDate>getAs("day"), row.<LocalDate>getAs("known"))))
                .toArray());
    long age = asOf.toEpochDay() - last;
    double warn = gap + delay + 1;
    double alert = 2 * gap + delay + 2;
    return new MonitorFinding(
        "source",
        source,
        "silence",
        FindingLevel.above((double) age, warn, alert),
        (double) age,
        gap + delay,
        null,
        warn,
        recent.length,
        List.of());
  }

  /**
   * Compares the rows and the units of an order of the last seven days with those of the eight
   * weeks before. More rows alone may be demand and only warn; fewer rows, or other units of an
   * order, are the source's fault.
   */
  private List<MonitorFinding> volumes(Dataset<Row> sales) {
    Map<String, double[][]> weeks = new TreeMap<>();
    sales
        .groupBy("source", "market", "sale_date")
        .agg(count(lit(1)).as("rows"), sum("usual_units").as("units"), sum("orders").as("orders"))
        .collectAsList()
        .forEach(
            row -> {
              double[][] sums =
                  weeks.computeIfAbsent(
                      row.getString(0) + " " + row.getString(1), s -> new double[3][2 * WEEKS + 2]);
              int week = (int) ((asOf.toEpochDay() - row.<LocalDate>getAs(2).toEpochDay()) / 7);
              if (week >= 0 && week < sums[0].length) {
                sums[0][week] += row.getLong(3);
                sums[1][week] += row.getDouble(4);
                sums[2][week] += row.isNullAt(5) ? 0 : row.getLong(5);
              }
            });
    List<MonitorFinding> findings = new ArrayList<>();
    weeks.forEach(
        (subject, sums) -> {
          if (Arrays.stream(sums[0], 0, WEEKS + 1).allMatch(rows -> rows > 0)) {
            findings.add(rows(subject, sums[0]));
            if (Arrays.stream(sums[2], 0, WEEKS + 1).allMatch(orders -> orders > 0)) {
              findings.add(unitsPerOrder(subject, sums));
            }
          }
        });
    return findings;
  }

  private static MonitorFinding rows(String subject, double[] rows) {
    double[] earlier = Arrays.copyOfRange(rows, 1, WEEKS + 1);
    double score = RobustScore.of(rows[0], earlier, LEAST_DEVIATION);
    // More rows are more demand.
    FindingLevel level = FindingLevel.above(Math.abs(score), WARN, ALERT).alertOnlyIf(score < 0);
    return scored(subject, "rows", level, rows[0], earlier);
  }

  private static MonitorFinding unitsPerOrder(String subject, double[][] sums) {
    double[] earlier = new double[WEEKS];
    for (int week = 1; week <= WEEKS; week++) {
      earlier[week - 1] = sums[1][week] / sums[2][week];
    }
    double value = sums[1][0] / sums[2][0];
    double score = Math.abs(RobustScore.of(value, earlier, LEAST_DEVIATION));
    double factor = Math.exp(Math.abs(Math.log(value / RobustScore.median(earlier))));
    FindingLevel level = FindingLevel.above(score, WARN, ALERT).alertOnlyIf(factor >= ALERT_UNITS);
    return scored(subject, "units_per_order", level, value, earlier);
  }

  private static MonitorFinding scored(
      String subject, String metric, FindingLevel level, double value, double[] earlier) {
    double median = RobustScore.median(earlier);
    // The score grows by 1 with each usual deviation.
    double deviation = 1 / Math.max(1e-12, RobustScore.of(median + 1, earlier, LEAST_DEVIATION));
    return new MonitorFinding(
        "source",
        subject,
        metric,
        level,
        value,
        median,
        Math.max(0, median - WARN * deviation),
        median + WARN * deviation,
        earlier.length,
        List.of());
  }

  /**
   * Compares each product's mean price of the last seven days with that of the four weeks before.
   */
  private List<MonitorFinding> prices(Dataset<Row> sales) {
    Column recent = col("sale_date").gt(lit(asOf.minusDays(7)));
    Column earlier =
        col("sale_date")
            .leq(lit(asOf.minusDays(7)))
            .and(col("sale_date").gt(lit(asOf.minusDays(35))));
    Dataset<Row> priced = sales.filter(col("units").gt(0).and(col("revenue").gt(0)));
    Dataset<Row> now =
        priced
            .filter(recent)
            .groupBy("source", "market", "product_id")
            .agg(sum("revenue").divide(sum("units")).as("now"));
    Dataset<Row> before =
        priced
            .filter(earlier)
            .groupBy("source", "market", "product_id")
            .agg(sum("revenue").divide(sum("units")).as("before"));
    List<MonitorFinding> findings = new ArrayList<>();
    now.join(before, new String[] {"source", "market", "product_id"})
        .groupBy("source", "market")
        .agg(
            percentile_approx(col("now").divide(col("before")), lit(0.5), lit(1000)), count(lit(1)))
        .orderBy("source", "market")
        .collectAsList()
        .forEach(
            row -> {
              double ratio = row.getDouble(2);
              double factor = Math.max(ratio, 1 / ratio);
              findings.add(
                  new MonitorFinding(
                      "source",
                      row.getString(0) + " " + row.getString(1),
                      "price",
                      FindingLevel.above(factor, WARN_PRICE, ALERT_PRICE),
                      ratio,
                      1.0,
                      1 / WARN_PRICE,
                      WARN_PRICE,
                      row.getLong(3),
                      List.of()));
            });
    return findings;
  }
}
