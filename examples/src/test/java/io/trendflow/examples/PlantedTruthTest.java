package io.trendflow.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Tests that the planted truth is in the files and that nothing else reveals it. */
class PlantedTruthTest {
  private static final Shop SHOP = Shop.ofDefaults();
  private static final RetailSettings SETTINGS = SHOP.settings();
  private static final PlantedTruth TRUTH = SHOP.truth();
  private static final Map<String, double[]> UNITS = SHOP.units();
  private static final Map<String, double[]> LINES = SHOP.lines();

  /** Product and day of a rise, all markets together. */
  private record Start(String product, LocalDate day) {}

  @Test
  void atMostThreePercentOfTheProductsStartARiseInAnyFourWeeks() {
    Set<Start> starts =
        TRUTH.episodes().stream()
            .map(e -> new Start(e.productId(), e.riseStart()))
            .collect(Collectors.toSet());
    assertThat(starts).as("enough to learn from").hasSizeGreaterThan(300);
    assertThat(mostInFourWeeks(starts.stream().map(Start::day).toList()))
        .isBetween(10L, SETTINGS.products() * 3L / 100);
    for (String market : List.of("uk", "fr")) {
      long products =
          SHOP.records("raw/catalogue").stream().filter(p -> p.getField(1).equals(market)).count();
      List<LocalDate> days =
          TRUTH.episodes().stream()
              .filter(e -> e.market().equals(market))
              .map(DemandEpisode::riseStart)
              .toList();
      assertThat(mostInFourWeeks(days)).as(market).isLessThanOrEqualTo(products * 3 / 100);
    }
  }

  private static long mostInFourWeeks(List<LocalDate> days) {
    return days.stream()
        .mapToLong(
            first ->
                days.stream()
                    .filter(day -> !day.isBefore(first) && day.isBefore(first.plusDays(28)))
                    .count())
        .max()
        .orElseThrow();
  }

  @Test
  void winnersAreFewAndStartInTheFirstHalfOfTheHorizon() {
    Set<String> products =
        TRUTH.winners().stream().map(DemandEpisode::productId).collect(Collectors.toSet());
    assertThat(products).hasSizeBetween(SETTINGS.products() / 50, SETTINGS.products() * 3 / 100);
    assertThat(TRUTH.episodes())
        .allSatisfy(
            e -> {
              long days = e.riseStart().toEpochDay() - SETTINGS.lastDay();
              assertThat(e.winner()).isEqualTo(days >= 1 && days <= 14);
              assertThat(e.factor()).isBetween(1.5, 2.0);
              assertThat(e.leadWeeks()).isBetween(5, 10);
            });
  }

  @Test
  void theTruthFileSaysTheSame() {
    assertThat(SHOP.records("truth.csv"))
        .extracting(CsvRecord::getFields)
        .containsExactlyElementsOf(
            TRUTH.episodes().stream()
                .map(
                    e ->
                        List.of(
                            e.winner() ? "winner" : "episode",
                            e.productId(),
                            e.market(),
                            e.riseStart().toString(),
                            Double.toString(e.factor()),
                            Integer.toString(e.leadWeeks()),
                            e.keyword()))
                .toList());
  }

  @Test
  void salesRiseByThePlantedFactor() {
    double before = 0;
    double after = 0;
    double planted = 0;
    for (DemandEpisode e : finished()) {
      double usual = sum(UNITS, e, -49, 0);
      before += usual;
      planted += usual * e.factor();
      after += sum(UNITS, e, 14, 63);
    }
    assertThat(after / before).isBetween(0.9 * planted / before, 1.1 * planted / before);
  }

  @Test
  void productsWithoutAKeywordDoNotRiseThen() {
    Set<String> known =
        TRUTH.episodes().stream().map(DemandEpisode::productId).collect(Collectors.toSet());
    List<double[]> others =
        LINES.entrySet().stream()
            .filter(line -> !known.contains(line.getKey().replaceFirst(".*/", "")))
            .map(Map.Entry::getValue)
            .toList();
    double before = 0;
    double after = 0;
    for (DemandEpisode e : finished()) {
      int day = SHOP.day(e.riseStart());
      for (double[] line : others) {
        before += sum(line, day - 49, day);
        after += sum(line, day + 14, day + 63);
      }
    }
    assertThat(after / before).isBetween(0.9, 1.1);
  }

  @Test
  void interestRisesTheStatedWeeksBeforeSales() {
    for (String source : List.of("google_trends", "tiktok")) {
      Map<String, NavigableMap<LocalDate, Double>> trends = SHOP.trends(source, "GB");
      List<Double> early = new ArrayList<>();
      List<Double> risen = new ArrayList<>();
      for (DemandEpisode e : TRUTH.episodes()) {
        LocalDate rise = e.riseStart().minusWeeks(e.leadWeeks());
        NavigableMap<LocalDate, Double> series = Shop.in(trends, e.keyword());
        if (e.market().equals("uk") && rise.plusDays(28).isBefore(SETTINGS.end())) {
          double usual = mean(series, rise.minusDays(42), rise.minusDays(6));
          early.add(mean(series, rise.minusDays(13), rise.minusDays(6)) / usual);
          risen.add(mean(series, rise.plusDays(14), rise.plusDays(28)) / usual);
        }
      }
      assertThat(early.stream().mapToDouble(r -> r).average().orElseThrow())
          .isCloseTo(1, within(0.05));
      assertThat(share(risen, 1.5)).as("share of clear rises in %s", source).isGreaterThan(0.95);
    }
  }

  @Test
  void theTrendOfAWinnerHasRisenAtTheEndAndItsSalesHaveNot() {
    Map<String, NavigableMap<LocalDate, Double>> trends = SHOP.trends("google_trends", "GB");
    List<Double> risen = new ArrayList<>();
    for (DemandEpisode e : TRUTH.winners()) {
      NavigableMap<LocalDate, Double> series = Shop.in(trends, e.keyword());
      LocalDate rise = e.riseStart().minusWeeks(e.leadWeeks());
      risen.add(
          series.lastEntry().getValue() / mean(series, rise.minusDays(42), rise.minusDays(6)));
    }
    assertThat(share(risen, 1.4)).isGreaterThan(0.9);

    Set<String> winners =
        TRUTH.winners().stream()
            .map(e -> Shop.key(e.market(), e.productId()))
            .collect(Collectors.toSet());
    double usual = recentOverEarlier(LINES.keySet());
    assertThat(recentOverEarlier(winners)).isBetween(0.85 * usual, 1.15 * usual);
  }

  @Test
  void interestLeadsSalesByFiveToTenWeeksAndThatOfDecoysDoesNot() {
    Map<String, NavigableMap<LocalDate, Double>> trends = SHOP.trends("google_trends", "GB");
    Map<String, String> products =
        TRUTH.episodes().stream()
            .filter(e -> e.market().equals("uk"))
            .collect(
                Collectors.toMap(DemandEpisode::keyword, DemandEpisode::productId, (a, b) -> a));
    double[] real = new double[16];
    double[] decoy = new double[16];
    for (int lag = 0; lag < real.length; lag++) {
      int count = 0;
      for (PlantedTruth.Decoy d : TRUTH.decoys()) {
        String product = products.get(d.resembles());
        if (product != null) {
          real[lag] += correlation(Shop.in(trends, d.resembles()), product, lag);
          decoy[lag] += correlation(Shop.in(trends, d.keyword()), product, lag);
          count++;
        }
      }
      real[lag] /= count;
      decoy[lag] /= count;
    }
    int best = best(real);
    assertThat(best).as(Arrays.toString(real)).isBetween(5, 10);
    assertThat(real[best]).isGreaterThan(0.25);
    // Decoys and sales have a little season in common at lag 0.
    assertThat(Arrays.stream(decoy).max().orElseThrow()).isLessThan(0.1);
    assertThat(Math.abs(decoy[best])).isLessThan(0.05);
  }

  @Test
  void everyKeywordHasThreeDecoysThatNoProductDeclares() {
    Set<String> declared = new HashSet<>();
    for (CsvRecord product : SHOP.records("raw/catalogue")) {
      declared.addAll(List.of(product.getField(9).split(";")));
    }
    declared.remove("");
    assertThat(declared).hasSizeBetween(SETTINGS.products() / 5, SETTINGS.products() * 3 / 10);
    assertThat(TRUTH.decoys())
        .extracting(PlantedTruth.Decoy::keyword)
        .doesNotHaveDuplicates()
        .doesNotContainAnyElementsOf(declared);
    Map<String, Long> decoys =
        TRUTH.decoys().stream()
            .collect(Collectors.groupingBy(PlantedTruth.Decoy::resembles, Collectors.counting()));
    assertThat(decoys.keySet()).isEqualTo(declared);
    assertThat(decoys.values()).containsOnly(3L);
    assertThat(TRUTH.decoys())
        .allSatisfy(
            d -> assertThat(d.keyword().split(" ")).containsAnyOf(d.resembles().split(" ")));
    assertThat(SHOP.trends("tiktok", "FR")).hasSize(4 * declared.size());
  }

  /** Returns the rises whose plateau is within the history. */
  private static List<DemandEpisode> finished() {
    return TRUTH.episodes().stream()
        .filter(e -> e.riseStart().plusDays(63).isBefore(SETTINGS.end()))
        .toList();
  }

  private static double sum(Map<String, double[]> series, DemandEpisode e, int from, int to) {
    int day = SHOP.day(e.riseStart());
    return sum(
        series.getOrDefault(Shop.key(e.market(), e.productId()), new double[SETTINGS.days()]),
        day + from,
        day + to);
  }

  private static double sum(double[] days, int from, int to) {
    return Arrays.stream(days, from, to).sum();
  }

  /** Returns the ratio of the lines of the last 28 days to those of the previous 28 days. */
  private static double recentOverEarlier(Set<String> keys) {
    int end = SETTINGS.days();
    double recent = keys.stream().mapToDouble(key -> sum(Shop.in(LINES, key), end - 28, end)).sum();
    double earlier =
        keys.stream().mapToDouble(key -> sum(Shop.in(LINES, key), end - 84, end - 28)).sum();
    return 2 * recent / earlier;
  }

  private static double mean(NavigableMap<LocalDate, Double> series, LocalDate from, LocalDate to) {
    return series.subMap(from, true, to, true).values().stream()
        .mapToDouble(value -> value)
        .average()
        .orElseThrow();
  }

  private static double share(List<Double> ratios, double above) {
    return (double) ratios.stream().filter(r -> r > above).count() / ratios.size();
  }

  private static int best(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }

  /**
   * Returns Pearson's correlation of a week's interest and the product's sold lines some weeks
   * later.
   */
  private static double correlation(
      NavigableMap<LocalDate, Double> trend, String product, int lag) {
    List<double[]> pairs = new ArrayList<>();
    trend.forEach(
        (week, value) -> {
          int from = SHOP.day(week.plusWeeks(lag));
          if (from + 7 <= SETTINGS.days()) {
            double sold = sum(Shop.in(LINES, Shop.key("uk", product)), from, from + 7);
            pairs.add(new double[] {value, Math.log1p(sold)});
          }
        });
    double x = pairs.stream().mapToDouble(p -> p[0]).average().orElseThrow();
    double y = pairs.stream().mapToDouble(p -> p[1]).average().orElseThrow();
    double xy = pairs.stream().mapToDouble(p -> (p[0] - x) * (p[1] - y)).sum();
    double xx = pairs.stream().mapToDouble(p -> (p[0] - x) * (p[0] - x)).sum();
    double yy = pairs.stream().mapToDouble(p -> (p[1] - y) * (p[1] - y)).sum();
    return xy / Math.sqrt(xx * yy);
  }
}
