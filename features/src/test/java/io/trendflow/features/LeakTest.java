package io.trendflow.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.features.TestShop.Entry;
import io.trendflow.features.TestShop.Level;
import io.trendflow.features.TestShop.Plan;
import io.trendflow.features.TestShop.Sale;
import io.trendflow.features.TestShop.Signal;
import io.trendflow.testing.SharedSpark;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests that features, comparables and labels at a cutoff stay equal if every row that became known
 * later is deleted or poisoned. Weekly data is the hard case: a week that began before the cutoff
 * ends after it.
 */
@ExtendWith(SharedSpark.class)
class LeakTest {
  private static final TestShop SHOP = TestShop.generate(3);

  /** Launch of a weekly product, after a year of other sales. */
  private static final LocalDate LAUNCH =
      SHOP.entries().stream()
          .filter(entry -> entry.market().equals("week"))
          .map(Entry::launch)
          .filter(Objects::nonNull)
          .filter(launch -> launch.isAfter(TestShop.FIRST.plusDays(370)))
          .filter(launch -> launch.isBefore(TestShop.FIRST.plusDays(TestShop.DAYS - 60L)))
          .findFirst()
          .orElseThrow();

  @ParameterizedTest
  @ValueSource(ints = {1, 37})
  void laterRowsChangeNothing(int daysAfterLaunch, SparkSession spark) {
    LocalDate cutoff = LAUNCH.plusDays(daysAfterLaunch);
    Instant end = TestShop.endOf(cutoff);
    List<String> expected = features(SHOP, cutoff, spark);
    assertThat(features(without(at -> at.isAfter(end)), cutoff, spark)).isEqualTo(expected);
    assertThat(features(poisoned(at -> at.isAfter(end)), cutoff, spark)).isEqualTo(expected);
  }

  @Test
  void rowsThatWereKnownDoCount(SparkSession spark) {
    LocalDate cutoff = LAUNCH.plusDays(37);
    Instant weekBefore = TestShop.endOf(cutoff.minusDays(7));
    assertThat(features(poisoned(at -> at.isAfter(weekBefore)), cutoff, spark))
        .isNotEqualTo(features(SHOP, cutoff, spark));
  }

  @Test
  void labelsKnowNothingLaterEither(SparkSession spark) {
    LocalDate cutoff = LAUNCH.minusDays(30);
    LocalDate knownBy = LAUNCH.plusDays(10);
    Instant end = TestShop.endOf(knownBy);
    List<String> expected = labels(SHOP, cutoff, knownBy, spark);
    assertThat(expected).isNotEmpty();
    assertThat(labels(without(at -> at.isAfter(end)), cutoff, knownBy, spark)).isEqualTo(expected);
    assertThat(labels(poisoned(at -> at.isAfter(end)), cutoff, knownBy, spark)).isEqualTo(expected);
    Instant earlier = TestShop.endOf(cutoff);
    assertThat(labels(poisoned(at -> at.isAfter(earlier)), cutoff, knownBy, spark))
        .isNotEqualTo(expected);
  }

  private static List<String> features(TestShop shop, LocalDate cutoff, SparkSession spark) {
    FeatureRows features = FeatureRows.at(shop.tables(spark), List.of(cutoff), TestShop.SETTINGS);
    List<String> rows = texts(features.rows());
    rows.addAll(texts(features.productKeywords()));
    return rows;
  }

  private static List<String> labels(
      TestShop shop, LocalDate cutoff, LocalDate knownBy, SparkSession spark) {
    return texts(
        HorizonLabels.of(
            shop.tables(spark),
            Map.of(knownBy, List.of(cutoff)),
            TestShop.LIFECYCLES,
            TestShop.SETTINGS));
  }

  /**
   * Returns rounded rows: sums over many rows may differ in the last digits with the order of the
   * rows.
   */
  private static List<String> texts(Dataset<Row> rows) {
    return new ArrayList<>(
        rows.collectAsList().stream()
            .map(row -> row.mkString("|").replaceAll("(\\.\\d{9})\\d+", "$1"))
            .sorted()
            .toList());
  }

  private static TestShop without(Predicate<Instant> later) {
    return new TestShop(
        SHOP.sales().stream().filter(s -> !later.test(s.availableAt())).toList(),
        SHOP.entries().stream().filter(e -> !later.test(e.availableAt())).toList(),
        SHOP.signals().stream().filter(s -> !later.test(s.availableAt())).toList(),
        SHOP.levels().stream().filter(l -> !later.test(l.availableAt())).toList(),
        SHOP.plans().stream().filter(p -> !later.test(p.availableAt())).toList());
  }

  private static TestShop poisoned(Predicate<Instant> later) {
    return new TestShop(
        SHOP.sales().stream().map(s -> later.test(s.availableAt()) ? poisoned(s) : s).toList(),
        SHOP.entries().stream().map(e -> later.test(e.availableAt()) ? poisoned(e) : e).toList(),
        SHOP.signals().stream().map(s -> later.test(s.availableAt()) ? poisoned(s) : s).toList(),
        SHOP.levels().stream().map(l -> later.test(l.availableAt()) ? poisoned(l) : l).toList(),
        SHOP.plans().stream().map(p -> later.test(p.availableAt()) ? poisoned(p) : p).toList());
  }

  private static Sale poisoned(Sale s) {
    return new Sale(
        s.source(), s.market(), s.product(), s.date(), s.days(), 1e6, 0, 1e9, 999, s.availableAt());
  }

  private static Entry poisoned(Entry e) {
    return new Entry(
        e.market(),
        e.product(),
        "lamp lamp",
        "poison",
        TestShop.FIRST,
        null,
        List.of("lamp"),
        "black",
        e.availableAt());
  }

  private static Signal poisoned(Signal s) {
    return new Signal(
        s.source(), s.keyword(), s.geo(), s.date(), s.days(), 1e6, s.pull(), s.availableAt());
  }

  private static Level poisoned(Level l) {
    return new Level(l.source(), l.market(), l.product(), l.date(), 0.0, l.availableAt());
  }

  private static Plan poisoned(Plan p) {
    return new Plan(
        "all",
        "all",
        "all",
        TestShop.FIRST,
        TestShop.FIRST.plusDays(2L * TestShop.DAYS),
        "promo",
        0.9,
        p.availableAt(),
        p.assumed());
  }
}
