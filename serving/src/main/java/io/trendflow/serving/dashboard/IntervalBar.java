package io.trendflow.serving.dashboard;

import io.trendflow.serving.store.ScoreRecord;

/**
 * Positions of a score's marks on its bar, in drawing units from the left. All bars have one scale:
 * the usual pace is in the middle, and each {@link #DOUBLING} to the right is twice as many units.
 * A unit is added to all numbers, so that the pace 0 has a place, and what lies beyond an end is
 * drawn at the end.
 *
 * @param text the same values as a sentence
 */
record IntervalBar(
    double lower, double width, double median, double expected, double baseline, String text) {
  static final int WIDTH = 168;
  private static final int MARGIN = 6;

  /** Drawing units of a factor of two: the ends are at an eighth and at eight times the pace. */
  private static final double DOUBLING = (WIDTH - 2.0 * MARGIN) / 6;

  static IntervalBar of(ScoreRecord score, PageLanguage language) {
    double pace = score.baselineUnits();
    double lower = x(score.lowerUnits(), pace);
    return new IntervalBar(
        lower,
        Math.max(2, x(score.upperUnits(), pace) - lower),
        x(score.medianUnits(), pace),
        x(score.expectedUnits(), pace),
        WIDTH / 2.0,
        text(score, language));
  }

  private static double x(double units, double pace) {
    double doublings = Math.log((1 + Math.max(0, units)) / (1 + pace)) / Math.log(2);
    return Math.max(MARGIN, Math.min(WIDTH - MARGIN, WIDTH / 2.0 + DOUBLING * doublings));
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
