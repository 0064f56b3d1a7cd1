package io.trendflow.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trendflow.features.TestShop.Sale;
import io.trendflow.testing.SharedSpark;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
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
