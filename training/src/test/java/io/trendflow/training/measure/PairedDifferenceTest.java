package io.trendflow.training.measure;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairedDifferenceTest {
  @Test
  void theErrorIsOfTheOriginsMeansAndTheMeansAreOfTheGroupsOfBoth() {
    // Ten origins whose differences are d = (7 i + 3) mod 11 / 10, each in two markets that differ
    // by 0.1 more and less; statsmodels 0.15.0 as in NeweyWestTest.
    Map<String, Double> one = new HashMap<>();
    Map<String, Double> other = new HashMap<>();
    double sum = 0;
    for (int i = 0; i < 8; i++) {
      double difference = (7 * i + 3) % 11 / 10.0;
      sum += difference / 8;
      put(one, other, i, "uk", 0.5 + difference + 0.1, 0.5);
      put(one, other, i, "fr", 0.2 + difference - 0.1, 0.2);
      one.put(day(i) + " de", 99.0);
    }
    PairedDifference found = requireNonNull(PairedDifference.of(Metric.WAPE, one, other));
    assertThat(found.other()).as("de is in one only").isCloseTo(0.35, within(1e-12));
    assertThat(found.difference()).isCloseTo(sum, within(1e-12));
    assertThat(found.standardError()).isCloseTo(0.05762215285808054, within(1e-12));
  }

  @Test
  void withoutACommonGroupThereIsNone() {
    assertThat(PairedDifference.of(Metric.WAPE, Map.of("2024-01-01 uk", 1.0), Map.of())).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "WAPE,     0.4, 0.5, 0.049, true,  false",
    "WAPE,     0.4, 0.5, 0.051, false, false",
    "WAPE,     0.5, 0.4, 0.049, false, true",
    "SPEARMAN, 0.5, 0.4, 0.049, true,  false",
    "SPEARMAN, 0.4, 0.5, 0.049, false, true",
    "SPEARMAN, 0.4, 0.5, 0.051, false, false",
    "SPEARMAN, 0.4, 0.4, 0,     false, false",
    "SPEARMAN, 0.4, 0.9,,       false, false"
  })
  void twoStandardErrorsTellADifferenceFromChance(
      Metric metric,
      double one,
      double other,
      @Nullable Double error,
      boolean better,
      boolean worse) {
    PairedDifference difference = new PairedDifference(metric, one, other, error);
    assertThat(difference.isBetter()).isEqualTo(better);
    assertThat(difference.isWorse()).isEqualTo(worse);
  }

  @Test
  void itIsWrittenWithItsErrorIfThatIsKnown() {
    assertThat(new PairedDifference(Metric.WAPE, 0.5, 0.625, 0.01).text("of mean_84"))
        .isEqualTo("WAPE 0.500 against 0.625 of mean_84 (difference -0.125 ± 0.010)");
    assertThat(new PairedDifference(Metric.QINI, 0.5, 0.25, null).text(""))
        .isEqualTo("qini 0.500 against 0.250 (difference +0.250)");
  }

  private static void put(
      Map<String, Double> one,
      Map<String, Double> other,
      int origin,
      String market,
      double value,
      double against) {
    one.put(day(origin) + " " + market, value);
    other.put(day(origin) + " " + market, against);
  }

  private static String day(int origin) {
    return "2024-01-%02d".formatted(1 + origin);
  }
}
