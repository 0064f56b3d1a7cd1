package io.trendflow.jobs.monitor;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.features.SourceTables;
import io.trendflow.jobs.store.Sample;
import io.trendflow.schemas.Table;
import io.trendflow.testing.SharedSpark;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests the checks of sources on a shop of two markets, clean and with planted drifts. */
@ExtendWith(SharedSpark.class)
class SourceChecksTest {
  private static final LocalDate START = LocalDate.parse("2026-01-01");
  private static final int DAYS = 120;
  private static final int PRODUCTS = 80;

  private record Sale(String market, long orders, double units, double revenue) {
    Sale times(double orders, double units, double revenue) {
      return new Sale(
          market, Math.round(orders * this.orders), units * this.units, revenue * this.revenue);
    }
  }

  private interface Drift {
    /** Returns the sale as the source delivers it; null if it is lost. */
    @Nullable Sale of(Sale sale, int day);
  }

  private final SparkSession spark;

  SourceChecksTest(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void cleanWeeksHaveNoAlert() {
    SourceTables tables = tables((sale, day) -> sale, 1);
    for (int day = 70; day < DAYS; day += 7) {
      assertThat(alerts(tables, day)).as("day %d", day).isEmpty();
    }
  }

  @Test
  void pricesInCentsAreAnAlert() {
    SourceTables tables = tables((sale, day) -> day > 113 ? sale.times(1, 1, 100) : sale, 1);
    assertThat(alerts(tables, DAYS)).containsExactly("shop de price", "shop uk price");
  }

  @Test
  void aSourceThatIsSilentForFiveDaysIsAnAlert() {
    SourceTables tables = tables((sale, day) -> day <= DAYS - 5 ? sale : null, 1);
    assertThat(alerts(tables, DAYS)).contains("shop silence");
    assertThat(alerts(tables, DAYS - 5)).isEmpty();
    assertThat(alerts(tables, DAYS - 3)).doesNotContain("shop silence");
  }

  @Test
  void aMarketThatDuplicatesDoubleIsAnAlert() {
    SourceTables tables =
        tables(
            (sale, day) -> day > 113 && sale.market().equals("uk") ? sale.times(1, 2, 2) : sale, 1);
    assertThat(alerts(tables, DAYS)).containsExactly("shop uk units_per_order");
  }

  @Test
  void aBulkOrderIsNotAnAlert() {
    SourceTables tables =
        tables((sale, day) -> day == DAYS && sale.units() == 9 ? sale.times(1, 300, 300) : sale, 1);
    assertThat(alerts(tables, DAYS)).isEmpty();
  }

  @Test
  void moreDemandIsNotAnAlert() {
    SourceTables tables = tables((sale, day) -> day > 113 ? sale.times(2, 2, 2) : sale, 1);
    assertThat(alerts(tables, DAYS)).isEmpty();
  }

  @Test
  void aRescaledPullOfTrendsIsNotAnAlert() {
    assertThat(alerts(tables((sale, day) -> sale, 40), DAYS)).isEmpty();
  }

  private Set<String> alerts(SourceTables tables, int day) {
    return new SourceChecks(START.plusDays(day), Map.of())
        .of(tables).stream()
            .filter(MonitorFinding::isAlert)
            .map(finding -> finding.subject() + " " + finding.metric())
            .collect(toCollection(TreeSet::new));
  }

  /**
   * Returns the tables of a shop.
   *
   * @param scale factor by which the trends' last pull is on another scale
   */
  private SourceTables tables(Drift drift, double scale) {
    Random random = new Random(17);
    List<Row> sales = new ArrayList<>();
    for (int day = 0; day <= DAYS; day++) {
      for (int product = 0; product < PRODUCTS; product++) {
        for (String market : List.of("de", "uk")) {
          long orders = random.nextInt(day % 7 == 0 ? 6 : 4);
          double units = orders * (1 + random.nextInt(3));
          Sale sale =
              orders == 0
                  ? null
                  : drift.of(new Sale(market, orders, units, units * (5 + product)), day);
          if (sale != null) {
            sales.add(row(sale, "p" + product, START.plusDays(day)));
          }
        }
      }
    }
    List<Row> signals = new ArrayList<>();
    for (int week = 0; week < DAYS / 7; week++) {
      LocalDate first = START.plusDays(7L * week);
      signals.add(
          Sample.row(
              Table.SIGNALS,
              Map.of(
                  "source",
                  "google_trends",
                  "observed_on",
                  first,
                  "period_days",
                  7L,
                  "value",
                  (week > 14 ? scale : 1) * (40 + random.nextInt(20)),
                  "available_at",
                  first.plusDays(10).atStartOfDay(ZoneOffset.UTC).toInstant())));
    }
    return new SourceTables(
        Sample.rows(spark, Table.DAILY_SALES, sales),
        Sample.rows(spark, Table.CATALOG, List.of()),
        Sample.rows(spark, Table.SIGNALS, signals),
        Map.of());
  }

  private static Row row(Sale sale, String product, LocalDate day) {
    return Sample.row(
        Table.DAILY_SALES,
        Map.of(
            "source", "shop",
            "market", sale.market(),
            "product_id", product,
            "sale_date", day,
            "orders", sale.orders(),
            "gross_units", sale.units(),
            "capped_units", Math.min(sale.units(), 48),
            "gross_revenue", BigDecimal.valueOf(sale.revenue()),
            "available_at", day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant()));
  }
}
