package io.trendflow.serving;

import java.util.stream.DoubleStream;

/**
 * Where the marks of a score lie on its bar, in drawing units from the left: zero units are near
 * the left end and the largest of the marks is near the right one. The scale is the row's own, so
 * that it shows how baseline and interval lie to each other also for products that sell little.
 *
 * @param text the same in words
 */
record IntervalBar(
    double lower, double width, double median, double expected, double baseline, String text) {
  static final int WIDTH = 168;
  private static final int MARGIN = 6;

  static IntervalBar of(Score score) {
    double most =
        DoubleStream.of(
                score.upperUnits(), score.expectedUnits(), score.baselineUnits(), Double.MIN_NORMAL)
            .max()
            .orElseThrow();
    double scale = (WIDTH - 2 * MARGIN) / most;
    return new IntervalBar(
        x(score.lowerUnits(), scale),
        Math.max(2, (score.upperUnits() - score.lowerUnits()) * scale),
        x(score.medianUnits(), scale),
        x(score.expectedUnits(), scale),
        x(score.baselineUnits(), scale),
        text(score));
  }

  private static double x(double units, double scale) {
    return MARGIN + units * scale;
  }

  private static String text(Score score) {
    return "Expected %s units, median %s, 80 %% interval %s to %s, baseline %s"
        .formatted(
            Wording.number(score.expectedUnits()),
            Wording.number(score.medianUnits()),
            Wording.number(score.lowerUnits()),
            Wording.number(score.upperUnits()),
            Wording.number(score.baselineUnits()));
  }
}
