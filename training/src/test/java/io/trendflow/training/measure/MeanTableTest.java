package io.trendflow.training.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.model.MetricValue;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeanTableTest {
  @ParameterizedTest
  @CsvSource({
    "0,        '    0.000', '   +0.000'",
    "0.12345,  '    0.123', '   +0.123'",
    "0.0005,   '    0.001', '   +0.001'",
    "-0.5,     '   -0.500', '   -0.500'",
    "99.9994,  '   99.999', '  +99.999'",
    "100,      '      100', '     +100'",
    "-123.5,   '     -124', '     -124'",
    "1234567,  '  1234567', ' +1234567'",
    ",         '        -', '        -'"
  })
  void aNumberHasThreeDigitsBelow100AndNoneAbove(
      @Nullable Double value, String plain, String signed) {
    assertThat(MeanTable.line("x", 0, Collections.singletonList(value)))
        .isEqualTo("x                      0 " + plain);
    assertThat(MeanTable.signed("x", 0, Collections.singletonList(value)))
        .isEqualTo("x                      0 " + signed);
  }

  @Test
  void everyLineIsAsWideAsTheHeading() {
    List<MetricValue> means =
        Arrays.stream(Metric.values())
            .map(metric -> new MetricValue("model", metric.key(), 1234.5, 0.5))
            .toList();
    String table = MeanTable.of("established", 3, means);
    assertThat(table.lines().map(String::length).distinct())
        .containsExactly(MeanTable.heading("established").length());
  }

  @Test
  void aTableHasALinePerMethodAndAColumnPerMetric() {
    List<MetricValue> means =
        List.of(
            new MetricValue("mean_84", "bias", -0.25, null),
            new MetricValue("model", "wape", 0.5, 0.02),
            new MetricValue("model", "width", 12.0, null),
            new MetricValue("unknown", "wape", 9.0, null));
    assertThat(MeanTable.of("all", 2, means).lines().map(MeanTableTest::words))
        .containsExactly(
            "all groups WAPE bias MAE Spearman prec@10% NDCG@100 uplift@50 qini rev.up@5% breakouts value hits@50 kept@50 coverage width",
            "model 2 0.500" + " -".repeat(13) + " 12.000",
            "standard error 2 0.020" + " -".repeat(14),
            "last_horizon 2" + " -".repeat(15),
            "mean_84 2 - -0.250" + " -".repeat(13),
            "last_year 2" + " -".repeat(15),
            "category_launch 2" + " -".repeat(15));
  }

  @Test
  void differencesHaveASignAndAreOfTheBaselines() {
    List<MetricValue> differences = List.of(new MetricValue("mean_84", "wape", 0.25, 0.125));
    assertThat(
            MeanTable.differences("model less", 3, differences).lines().map(MeanTableTest::words))
        .containsSubsequence(
            "last_horizon 3" + " -".repeat(15),
            "mean_84 3 +0.250" + " -".repeat(14),
            "standard error 3 0.125" + " -".repeat(14))
        .noneMatch(line -> line.startsWith("model 3"));
  }

  @Test
  void numbersAreWrittenTheSameInEveryCountry() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.FRANCE);
    try {
      assertThat(MeanTable.line("x", 1, List.of(0.5))).endsWith("0.500");
    } finally {
      Locale.setDefault(before);
    }
  }

  private static String words(String line) {
    return Arrays.stream(line.trim().split(" +")).collect(Collectors.joining(" "));
  }
}
