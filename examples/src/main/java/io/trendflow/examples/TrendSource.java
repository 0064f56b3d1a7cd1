package io.trendflow.examples;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;

/** Source of weekly trend series. */
enum TrendSource {
  /** Interest from 0 to 100, the highest week of the series having 100; weeks start on Sunday. */
  GOOGLE_TRENDS("google_trends", DayOfWeek.SUNDAY, 0.07) {
    @Override
    long[] scale(double[] levels, RandomDraws draws) {
      double highest = Arrays.stream(levels).max().orElseThrow();
      return Arrays.stream(levels).mapToLong(level -> Math.round(100 * level / highest)).toArray();
    }
  },
  /** Views of a week; weeks start on Monday. */
  TIKTOK("tiktok", DayOfWeek.MONDAY, 0.15) {
    @Override
    long[] scale(double[] levels, RandomDraws draws) {
      double usual = draws.logNormal(40_000, 1);
      return Arrays.stream(levels).mapToLong(level -> Math.round(usual * level)).toArray();
    }
  };

  /** Directory below the raw files. */
  final String folder;

  private final DayOfWeek weekStart;

  /** Standard deviation of the logarithm of a week's value. */
  private final double noise;

  TrendSource(String folder, DayOfWeek weekStart, double noise) {
    this.folder = folder;
    this.weekStart = weekStart;
    this.noise = noise;
  }

  abstract long[] scale(double[] levels, RandomDraws draws);

  LocalDate firstWeek(RetailSettings settings) {
    return settings.start().with(TemporalAdjusters.nextOrSame(weekStart));
  }

  /** Returns the number of whole weeks within the history; an incomplete last week is left out. */
  int weeks(RetailSettings settings) {
    return (int) (settings.lastDay() - firstWeek(settings).toEpochDay() + 1) / 7;
  }

  /** Returns the weekly values of a keyword in a market's place, in order. */
  long[] values(RetailSettings settings, TrendKeyword keyword, ShopMarket market) {
    RandomDraws draws =
        RandomDraws.of(
            settings.seed(), RandomDraws.Stream.TREND, keyword.index(), folder + market.geo);
    double middle = firstWeek(settings).toEpochDay() + 3;
    double[] levels = new double[weeks(settings)];
    for (int week = 0; week < levels.length; week++) {
      levels[week] = keyword.level(middle + 7 * week) * draws.logNormal(1, noise);
    }
    return scale(levels, draws);
  }
}
