package io.trendflow.serving.dashboard;

import io.trendflow.serving.store.ScoreRecord;
import java.util.stream.DoubleStream;

/**
 * Positions of a score's marks on its bar, in drawing units from the left. Zero units are near the
 * left end and the largest mark is near the right end. Each row has its own scale, so that baseline
 * and interval can be compared for products that sell little as well.
 *
 * @param text the same values as a sentence
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
