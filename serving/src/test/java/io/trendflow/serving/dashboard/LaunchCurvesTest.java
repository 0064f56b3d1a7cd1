package io.trendflow.serving.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trendflow.serving.launch.PastLaunch;
import io.trendflow.serving.snapshot.OutcomeRecord;
import io.trendflow.serving.store.Copies;
import io.trendflow.serving.store.Samples;
import io.trendflow.serving.store.ScoreRecord;
import io.trendflow.serving.store.Shop;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of the drawing of past launches. */
class LaunchCurvesTest {
  @ParameterizedTest
  @CsvSource({"0, 2", "2, 2", "2.1, 4", "9, 10", "10.5, 20", "99, 100", "314.6, 400", "401, 1000"})
  void theScaleEndsAtARoundNumberWithARoundHalf(double units, double end) {
    assertThat(LaunchCurves.rounded(units)).isEqualTo(end);
  }

  private static LaunchCurves curves(int ofTheMarket, int ofThese, double unitsADay) {
    List<Double> sold =
        IntStream.rangeClosed(1, PastLaunch.DAYS).mapToObj(day -> day * unitsADay).toList();
    List<PastLaunch> launches =
        IntStream.range(0, 8)
            .mapToObj(i -> new PastLaunch("p" + i, null, null, LocalDate.EPOCH, sold))
            .toList();
    List<OutcomeRecord> outcomes =
        new ArrayList<>(Shop.outcomes("m1", "r0", 7, 1).subList(0, ofTheMarket));
    for (int i = 0; i < ofThese; i++) {
      outcomes.set(i, Copies.with(outcomes.get(i), "productId", "p" + i % 8));
    }
    ScoreRecord score = Samples.scores("r1", 1).get(0);
    return Objects.requireNonNull(
        LaunchCurves.of(launches, outcomes, score, null, PageLanguage.ENGLISH));
  }

  @Test
  void theExpectedUnitsAreSpreadAsTheLaunchesSold() {
    LaunchCurves curves = curves(0, 0, 2);
    String[] points = Objects.requireNonNull(curves.expectedCurve()).split(" ", -1);
    assertThat(points).hasSize(PastLaunch.DAYS);
    double first = Double.parseDouble(points[0].split(",", -1)[1]);
    double last = Double.parseDouble(points[27].split(",", -1)[1]);
    assertThat(last).isCloseTo(curves.expectedY(), within(0.1));
    assertThat(first)
        .isCloseTo(
            curves.bottomY() - (curves.bottomY() - curves.expectedY()) / PastLaunch.DAYS,
            within(0.1));
    assertThat(curves(0, 0, 0).expectedCurve()).isNull();
  }

  @Test
  void howOftenForecastsOfLaunchesCameTrueIsSaidIfThereAreEnough() {
    assertThat(curves(7, 7, 1).trust()).isNull();
    assertThat(curves(20, 7, 1).trust()).startsWith("in this market, 20 forecasts of launches");
    assertThat(curves(20, 12, 1).trust())
        .matches("for these launches, 12 forecasts .* In \\d+ of them \\(.*%\\), the sales .*");
  }
}
