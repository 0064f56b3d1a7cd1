package io.trendflow.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trendflow.features.TestShop.Sale;
import io.trendflow.testing.SharedSpark;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests that the Spark features equal those of a naive loop, on a shop with late and corrected
 * data.
 */
@ExtendWith(SharedSpark.class)
class OracleTest {
  private static final List<LocalDate> CUTOFFS =
      List.of(
          LocalDate.parse("2024-06-01"),
          LocalDate.parse("2025-02-10"),
          LocalDate.parse("2025-05-31"));

  @Test
  void featuresEqualTheNaiveOnes(SparkSession spark) {
    TestShop shop = TestShop.generate(7);
    FeatureRows features = FeatureRows.at(shop.tables(spark), CUTOFFS, TestShop.SETTINGS);
    List<Row> rows = features.rows().collectAsList();
    Map<LocalDate, NaiveFeatures> byCutoff = new HashMap<>();
    Set<String> lifecycles = new HashSet<>();
    for (Row row : rows) {
      NaiveFeatures naive =
          byCutoff.computeIfAbsent(row.getAs("cutoff"), day -> new NaiveFeatures(shop, day));
      lifecycles.add(row.getAs("lifecycle"));
      naive
          .of(row.getAs("market"), row.getAs("product_id"))
          .forEach((name, expected) -> assertSame(row, name, expected));
    }
    assertThat(rows).hasSizeGreaterThan(60);
    assertThat(rows)
        .as("planned and out of stock")
        .anyMatch(row -> row.getAs("days_out_28") instanceof Double out && out > 0)
        .anyMatch(row -> row.getAs("stock_cover") != null)
        .anyMatch(row -> row.getAs("promo_depth_ahead") instanceof Double depth && depth > 0);
    assertThat(lifecycles)
        .contains("launch", "delayed", "new", "established", "discontinued", "unreleased");
    assertThat(features.productKeywords().select("matched_by").distinct().collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder("declared", "name");
  }

  @Test
  void labelsEqualTheNaiveOnes(SparkSession spark) {
    TestShop shop = TestShop.generate(8);
    Map<LocalDate, List<LocalDate>> cutoffs =
        Map.of(CUTOFFS.get(1), CUTOFFS, LocalDate.parse("2025-03-31"), CUTOFFS);
    List<Row> labels =
        HorizonLabels.of(shop.tables(spark), cutoffs, TestShop.LIFECYCLES, TestShop.SETTINGS)
            .collectAsList();
    assertThat(labels)
        .extracting(row -> row.<LocalDate>getAs("cutoff"))
        .doesNotContain(CUTOFFS.get(2));
    int out = 0;
    for (Row label : labels) {
      String market = label.getAs("market");
      String product = label.getAs("product_id");
      LocalDate from = new NaiveFeatures(shop, label.getAs("cutoff")).horizonStart(market, product);
      NaiveFeatures then = new NaiveFeatures(shop, label.getAs("known_by"));
      List<Sale> sales = then.sales(market, product);
      LocalDate to = from.plusDays(27);
      assertThat(label.<Double>getAs("label_units"))
          .isCloseTo(then.units(sales, from, to), within(1e-9));
      assertThat(label.<Integer>getAs("label_days_out"))
          .isEqualTo((int) then.daysOut(sales, from, to));
      out += label.<Integer>getAs("label_days_out") > 0 ? 1 : 0;
    }
    assertThat(out).as("labels with days out of stock").isPositive();
    assertThat(labels).hasSizeGreaterThan(40);
  }

  @Test
  void actualsOfForecastsEqualTheNaiveOnes(SparkSession spark) {
    TestShop shop = TestShop.generate(9);
    SourceTables tables = shop.tables(spark);
    LocalDate knownBy = LocalDate.parse("2025-05-31");
    NaiveFeatures naive = new NaiveFeatures(shop, knownBy);
    List<Row> forecasts = new ArrayList<>();
    Map<String, Double> expected = new TreeMap<>();
    for (LocalDate cutoff : CUTOFFS) {
      for (int p = 0; p < 41; p++) { // the last one was never sold
        String market = p % 2 == 0 ? "day" : "week";
        LocalDate from = cutoff.plusDays(1 + p % 3);
        LocalDate last = from.plusDays(27);
        forecasts.add(RowFactory.create("r" + cutoff, market, "p" + p, from, 28L));
        double units = naive.units(naive.sales(market, "p" + p), from, last);
        if (!last.isAfter(naive.last()) && !Double.isNaN(units)) {
          expected.put("r" + cutoff + " p" + p, units);
        }
      }
    }
    Dataset<Row> actuals =
        ForecastActuals.of(
            tables,
            SalesCalendar.of(tables.sales(), TestShop.SETTINGS),
            spark.createDataFrame(
                forecasts,
                StructType.fromDDL(
                    "run_id STRING, market STRING, product_id STRING, horizon_start DATE,"
                        + " horizon_days BIGINT")),
            knownBy,
            TestShop.SETTINGS);
    Map<String, Double> found = new TreeMap<>();
    actuals
        .collectAsList()
        .forEach(
            row ->
                found.put(
                    row.<String>getAs("run_id") + " " + row.<String>getAs("product_id"),
                    row.getAs("actual_units")));
    assertThat(found.keySet()).isEqualTo(expected.keySet()).hasSizeGreaterThan(60);
    found.forEach(
        (of, units) -> assertThat(units).as(of).isCloseTo(expected.get(of), within(1e-9)));
    assertThat(found.values()).contains(0.0).anyMatch(units -> units > 10);
  }

  private static void assertSame(Row row, String name, Object expected) {
    Object actual = row.getAs(name);
    String what = name + " of " + Map.of("row", row.mkString("|"));
    if (expected instanceof Number number && Double.isNaN(number.doubleValue())) {
      assertThat(actual).as(what).isNull();
    } else if (expected instanceof Number number) {
      assertThat((Double) actual).as(what).isCloseTo(number.doubleValue(), within(1e-9));
    } else {
      assertThat(actual).as(what).isEqualTo(expected);
    }
  }
}
