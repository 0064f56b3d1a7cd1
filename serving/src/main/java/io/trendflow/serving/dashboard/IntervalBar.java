package io.trendflow.serving.dashboard;

import io.trendflow.serving.store.ScoreRecord;
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

  static IntervalBar of(ScoreRecord score, PageLanguage language) {
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
        text(score, language));
  }

  private static double x(double units, double scale) {
    return MARGIN + units * scale;
  }

  private static String text(ScoreRecord score, PageLanguage language) {
    LocaleFormat wording = language.wording();
    return language.say(
        "interval.text",
        wording.number(score.expectedUnits()),
        wording.number(score.medianUnits()),
        wording.number(score.lowerUnits()),
        wording.number(score.upperUnits()),
        wording.number(score.baselineUnits()));
  }
}
