package io.trendflow.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.command.JobProgress;
import io.trendflow.jobs.config.JobConfig;
import io.trendflow.jobs.store.Sample;
import io.trendflow.schemas.Table;
import io.trendflow.testing.SharedSpark;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tests the outcomes of a small store whose sales are made here, against a naive loop. */
@ExtendWith(SharedSpark.class)
class MonitorTest {
  private static final LocalDate START = LocalDate.parse("2026-01-01");
  private static final int PRODUCTS = 60;
  private static final int HORIZON = 28;

  /** Sale of a product on a day, known from the day after. */
  private record Sale(int product, int day, double units, int knownDay) {}

  private final Random random = new Random(3);
  private final List<Sale> sales = new ArrayList<>();

  private SparkSession spark;
  private JobContext context;

  @BeforeEach
  void open(SparkSession spark, @TempDir Path store) {
    this.spark = spark;
    JobConfig config = JobConfig.load(SampleShop.CONFIG, Map.of(), List.of("store.path=" + store));
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    context = JobContext.open(spark, config, new JobProgress("test", nowhere), Clock.systemUTC());
    sell("i1", 0, 99);
  }

  @Test
  void theOutcomesAreThoseOfANaiveLoop() {
    publish("a", 30, false);
    publish("b", 44, false);
    publish("b2", 44, false);
    publish("hindsight", 45, true);
    publish("late", 80, false);
    Monitor.Result done = monitor(99);
    List<Row> rows = context.store().read(Table.OUTCOMES, done.monitorId()).collectAsList();
    assertThat(rows).extracting(row -> row.<String>getAs("run_id")).containsOnly("a", "b2");
    assertNaive(rows, 99);
    assertThat(done.outcomes()).isEqualTo(2 * PRODUCTS);
    assertThat(results(done)).hasSize(2);
    for (Row result : results(done)) {
      assertResult(
          result,
          rows.stream()
              .filter(row -> row.getAs("run_id").equals(result.<String>getAs("run_id")))
              .toList());
    }
    assertThat(monitor(99)).isEqualTo(new Monitor.Result(done.monitorId(), true, day(99), 0, 0, 0));
  }

  @Test
  void aRunIsJudgedOnceItsHorizonIsOver() {
    publish("a", 30, false);
    assertThat(monitor(57).outcomes()).isZero();
    assertThat(monitor(58).outcomes()).isEqualTo(PRODUCTS);
    assertThat(monitor(59).outcomes()).as("nothing differs").isZero();
  }

  @Test
  void aCorrectedSaleWritesTheRunAgain() {
    publish("a", 30, false);
    publish("b", 60, false);
    Monitor.Result first = monitor(95);
    correct("i2", new Sale(7, 40, 1000, 97));
    Monitor.Result second = monitor(98);
    List<Row> rows = context.store().read(Table.OUTCOMES, second.monitorId()).collectAsList();
    assertThat(rows).extracting(row -> row.<String>getAs("run_id")).containsOnly("a");
    assertThat(second.outcomes()).isEqualTo(PRODUCTS);
    assertNaive(rows, 98);
    assertNaive(context.store().read(Table.OUTCOMES, first.monitorId()).collectAsList(), 95);
    assertThat(monitor(99).outcomes()).isZero();
  }

  @Test
  void daysOutOfStockAreCountedAndTheOthersScaled() {
    publish("a", 30, false);
    List<Sale> none = new ArrayList<>();
    for (int day = 40; day <= 46; day++) {
      none.add(new Sale(5, day, 0, day + 2));
    }
    stock("i2", 5, 39, 46);
    ingest("i2", none);
    Monitor.Result done = monitor(99);
    List<Row> rows = context.store().read(Table.OUTCOMES, done.monitorId()).collectAsList();
    Row out = rows.stream().filter(row -> row.getAs("product_id").equals("p5")).findFirst().get();
    assertThat(out.<Long>getAs("stockout_days")).isEqualTo(7);
    assertThat(out.<Double>getAs("actual_units"))
        .isCloseTo(naive(out, 99) * HORIZON / (HORIZON - 7), almost());
    assertNaive(rows.stream().filter(row -> row != out).toList(), 99);
  }

  private Monitor.Result monitor(int day) {
    return Monitor.run(context, Optional.of(day(day)), false);
  }

  private List<Row> results(Monitor.Result done) {
    Row monitor = context.store().read(Table.MONITORS, done.monitorId()).first();
    return monitor.getList(monitor.fieldIndex("results"));
  }

  private void assertNaive(List<Row> rows, int knownBy) {
    for (Row row : rows) {
      double actual = naive(row, knownBy);
      assertThat(row.<Double>getAs("actual_units")).as("%s", row).isEqualTo(actual);
      assertThat(row.<Long>getAs("stockout_days")).as("stock is not known").isNull();
      assertThat(row.<Boolean>getAs("hit")).isEqualTo(actual > row.<Double>getAs("baseline_units"));
      assertThat(row.<Boolean>getAs("inside"))
          .isEqualTo(
              actual >= row.<Double>getAs("lower_units")
                  && actual <= row.<Double>getAs("upper_units"));
    }
  }

  /** Sums what was sold of an outcome's product over its horizon, as known at the end of a day. */
  private double naive(Row row, int knownBy) {
    int first = (int) (row.<LocalDate>getAs("horizon_start").toEpochDay() - START.toEpochDay());
    int product = Integer.parseInt(row.<String>getAs("product_id").substring(1));
    double units = 0;
    for (int day = first; day < first + HORIZON; day++) {
      Sale latest = null;
      for (Sale sale : sales) {
        if (sale.product() == product && sale.day() == day && sale.knownDay() <= knownBy + 1) {
          latest = sale;
        }
      }
      units += latest == null ? 0 : latest.units();
    }
    return units;
  }

  private static void assertResult(Row result, List<Row> rows) {
    long first = 0;
    long firstHits = 0;
    long hits = 0;
    double promised = 0;
    double realised = 0;
    for (Row row : rows) {
      boolean hit = row.<Boolean>getAs("hit");
      hits += hit ? 1 : 0;
      if (row.<Long>getAs("rank") <= 50) {
        first++;
        firstHits += hit ? 1 : 0;
        promised += row.<Double>getAs("expected_units") - row.<Double>getAs("baseline_units");
        realised += row.<Double>getAs("actual_units") - row.<Double>getAs("baseline_units");
      }
    }
    assertThat(result.<Long>getAs("rows")).isEqualTo(rows.size());
    assertThat(result.<Long>getAs("hits")).isEqualTo(hits);
    assertThat(result.<Long>getAs("first_rows")).isEqualTo(first).isEqualTo(50);
    assertThat(result.<Long>getAs("first_hits")).isEqualTo(firstHits);
    assertThat(result.<Double>getAs("first_promised_units")).isCloseTo(promised, almost());
    assertThat(result.<Double>getAs("first_realised_units")).isCloseTo(realised, almost());
  }

  private static Offset<Double> almost() {
    return within(1e-9);
  }

  /** Sells between 0 and 3 units of each product each day, each day known from the next. */
  private void sell(String ingest, int from, int to) {
    List<Sale> sold = new ArrayList<>();
    for (int day = from; day <= to; day++) {
      for (int product = 0; product < PRODUCTS; product++) {
        sold.add(new Sale(product, day, random.nextInt(4), day + 1));
      }
    }
    ingest(ingest, sold);
  }

  private void correct(String ingest, Sale sale) {
    ingest(ingest, List.of(sale));
  }

  private void ingest(String ingest, List<Sale> sold) {
    sales.addAll(sold);
    List<Row> rows =
        sold.stream()
            .map(
                sale ->
                    Sample.row(
                        Table.DAILY_SALES,
                        Map.of(
                            "ingest_id",
                            ingest,
                            "source",
                            "shop_orders",
                            "market",
                            "uk",
                            "product_id",
                            "p" + sale.product(),
                            "sale_date",
                            day(sale.day()),
                            "gross_units",
                            sale.units(),
                            "return_units",
                            0.0,
                            "available_at",
                            day(sale.knownDay()).atStartOfDay(ZoneOffset.UTC).toInstant())))
            .toList();
    var unused =
        context
            .store()
            .append(Table.DAILY_SALES, ingest, Sample.rows(spark, Table.DAILY_SALES, rows));
    context
        .store()
        .commit(
            Table.INGESTS, ingest, Sample.of(spark, Table.INGESTS, Map.of("ingest_id", ingest)));
  }

  /**
   * Reports the stock of each day: none from one day to another, both included, else nine units.
   */
  private void stock(String ingest, int product, int firstOut, int lastOut) {
    List<Row> rows = new ArrayList<>();
    for (int day = 0; day <= 99; day++) {
      rows.add(
          Sample.row(
              Table.STOCK_LEVELS,
              Map.of(
                  "ingest_id",
                  ingest,
                  "source",
                  "shop_stock",
                  "market",
                  "uk",
                  "product_id",
                  "p" + product,
                  "stock_date",
                  day(day),
                  "on_hand",
                  day >= firstOut && day <= lastOut ? 0.0 : 9.0,
                  "available_at",
                  day(day + 1).atStartOfDay(ZoneOffset.UTC).toInstant())));
    }
    var unused =
        context
            .store()
            .append(Table.STOCK_LEVELS, ingest, Sample.rows(spark, Table.STOCK_LEVELS, rows));
  }

  private void publish(String run, int asOf, boolean hindsight) {
    List<Row> rows = new ArrayList<>();
    for (int product = 0; product < PRODUCTS; product++) {
      Map<String, Object> values = new HashMap<>();
      values.put("run_id", run);
      values.put("as_of", day(asOf));
      values.put("horizon_days", (long) HORIZON);
      values.put("horizon_start", day(asOf + 1));
      values.put("market", "uk");
      values.put("product_id", "p" + product);
      values.put("lifecycle", "established");
      values.put("rank", 1L + product);
      values.put("expected_units", 40.0 + random.nextInt(10));
      values.put("baseline_units", 36.0 + random.nextInt(10));
      values.put("lower_units", 35.0);
      values.put("upper_units", 48.0);
      rows.add(Sample.row(Table.SCORES, values));
    }
    Dataset<Row> scores = Sample.rows(spark, Table.SCORES, rows);
    var unused = context.store().append(Table.SCORES, run, scores);
    Map<String, Object> values = new HashMap<>();
    values.put("run_id", run);
    values.put("as_of", day(asOf));
    values.put("horizon_days", (long) HORIZON);
    values.put("hindsight", hindsight);
    values.put("published_at", Instant.parse("2026-06-01T00:00:00Z").plusSeconds(run.length()));
    context.store().commit(Table.RUNS, run, Sample.of(spark, Table.RUNS, values));
  }

  private static LocalDate day(int day) {
    return START.plusDays(day);
  }
}
