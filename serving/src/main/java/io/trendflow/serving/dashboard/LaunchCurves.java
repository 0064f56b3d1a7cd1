package io.trendflow.serving.dashboard;

import io.trendflow.serving.launch.PastLaunch;
import io.trendflow.serving.snapshot.OutcomeRecord;
import io.trendflow.serving.store.ScoreRecord;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.jspecify.annotations.Nullable;

/**
 * Drawing of comparable launches: the units sold from the first sale on, and the forecast of the
 * product at the end of its first 28 days.
 *
 * @param launches launches, those closest in price first
 * @param outcomes what became of the market's forecasts that were made before the first sale
 * @param score score of the product, whose horizon is its first days
 * @param start units to order at first: those with the highest expected profit, or the expected
 *     ones
 */
record LaunchCurves(
    List<PastLaunch> launches,
    List<OutcomeRecord> outcomes,
    ScoreRecord score,
    double start,
    PageLanguage language) {
  static final int WIDTH = 760;
  static final int HEIGHT = 260;
  private static final int LEFT = 48;
  private static final int RIGHT = 30;
  private static final int TOP = 14;
  private static final int BOTTOM = 26;

  /** Number of launches below which their quantiles would mean nothing. */
  private static final int FEW = 8;

  /** Day after which a buyer looks whether a launch goes as expected. */
  static final int CHECKPOINT = 7;

  private static final List<Integer> TICKS = List.of(1, CHECKPOINT, 14, 21, PastLaunch.DAYS);

  /** Label of an axis. */
  record Tick(String text, double x, double y) {}

  /**
   * Returns the drawing; null if there are too few launches, or the product was launched long ago.
   */
  static @Nullable LaunchCurves of(
      List<PastLaunch> launches,
      List<OutcomeRecord> outcomes,
      @Nullable ScoreRecord score,
      @Nullable OrderUnits order,
      PageLanguage language) {
    if (score == null || launches.size() < FEW) {
      return null;
    }
    double start =
        order != null && order.isPriced()
            ? order.candidate().bestUnits()
            : Math.ceil(score.expectedUnits());
    return new LaunchCurves(launches, outcomes, score, start, language);
  }

  /** Returns the points of an SVG polyline of a launch. */
  String curve(PastLaunch launch) {
    return line(day -> launch.unitsIn(day));
  }

  /**
   * Returns the points of an SVG polyline of the expected units, spread over the days as the
   * launches' own units were; null if the launches sold nothing.
   */
  @Nullable String expectedCurve() {
    double all = meanUnits(PastLaunch.DAYS);
    return all <= 0 ? null : line(day -> score.expectedUnits() * meanUnits(day) / all);
  }

  /** Returns the points of an SVG polygon between the quarters of the launches. */
  String middleHalf() {
    String upper = line(day -> quantile(day, 75));
    String lower =
        IntStream.iterate(PastLaunch.DAYS, day -> day >= 1, day -> day - 1)
            .mapToObj(day -> point(day, quantile(day, 25)))
            .collect(Collectors.joining(" "));
    return upper + " " + lower;
  }

  private String line(ToDayUnits units) {
    return IntStream.rangeClosed(1, PastLaunch.DAYS)
        .mapToObj(day -> point(day, units.at(day)))
        .collect(Collectors.joining(" "));
  }

  private interface ToDayUnits {
    double at(int day);
  }

  double expectedY() {
    return y(score.expectedUnits());
  }

  double lowerY() {
    return y(score.lowerUnits());
  }

  double upperY() {
    return y(score.upperUnits());
  }

  double lastX() {
    return x(PastLaunch.DAYS);
  }

  double checkpointX() {
    return x(CHECKPOINT);
  }

  double bottomY() {
    return y(0);
  }

  /** Returns the labels of the days. */
  List<Tick> days() {
    return TICKS.stream()
        .map(
            day ->
                new Tick(language.say("launches.day", String.valueOf(day)), x(day), HEIGHT - 6.0))
        .toList();
  }

  /** Returns the labels of the units. */
  List<Tick> units() {
    return DoubleStream.of(0, most() / 2, most())
        .mapToObj(
            units -> new Tick(language.wording().number(Math.rint(units)), LEFT - 8.0, y(units)))
        .toList();
  }

  /** Returns the units that 8 of 10 launches sold up to the checkpoint, as a range. */
  String usualAtCheckpoint() {
    return range(quantile(CHECKPOINT, 10), quantile(CHECKPOINT, 90));
  }

  /** Returns the units to order beyond the first ones so that 9 of 10 cases are covered. */
  String onCall() {
    return number(Math.ceil(Math.max(0, score.upperUnits() - start)));
  }

  String toStart() {
    return number(start);
  }

  /** Returns the mean units of the launches in their first 28 days. */
  String mean() {
    return number(meanUnits(PastLaunch.DAYS));
  }

  private double meanUnits(int days) {
    return launches.stream().mapToDouble(launch -> launch.unitsIn(days)).average().orElse(0);
  }

  /**
   * Returns how often forecasts of these launches came true, or of all in the market if those are
   * too few, in a sentence; null if there are too few at all.
   */
  @Nullable String trust() {
    Set<String> ids = launches.stream().map(PastLaunch::productId).collect(Collectors.toSet());
    List<OutcomeRecord> own =
        outcomes.stream().filter(outcome -> ids.contains(outcome.productId())).toList();
    return own.size() < FEW
        ? trust("launches.trust.market", outcomes)
        : trust("launches.trust.own", own);
  }

  private @Nullable String trust(String key, List<OutcomeRecord> forecasts) {
    if (forecasts.size() < FEW) {
      return null;
    }
    long inside = forecasts.stream().filter(OutcomeRecord::inside).count();
    return language.say(
        key,
        number(forecasts.size()),
        number((double) inside),
        language.wording().percent((double) inside / forecasts.size()));
  }

  private String range(double from, double to) {
    return number(Math.rint(from)) + " – " + number(Math.rint(to));
  }

  private String number(double units) {
    return language.wording().number(units);
  }

  private double quantile(int day, double percent) {
    ToDoubleFunction<PastLaunch> units = launch -> launch.unitsIn(day);
    return new Percentile().evaluate(launches.stream().mapToDouble(units).toArray(), percent);
  }

  /** Returns the top of the scale: few launches that sold most do not flatten all others. */
  private double most() {
    return rounded(1.1 * Math.max(score.upperUnits(), quantile(PastLaunch.DAYS, 90)));
  }

  /** Returns the smallest number from this one on whose half is 1, 2 or 5 times a power of 10. */
  static double rounded(double units) {
    double step = Math.pow(10, Math.floor(Math.log10(Math.max(2, units) / 2)));
    return DoubleStream.of(1, 2, 5, 10)
        .map(times -> 2 * times * step)
        .filter(top -> top >= units)
        .findFirst()
        .orElseThrow();
  }

  private static double x(int day) {
    return LEFT + (WIDTH - LEFT - RIGHT) * (day - 1.0) / (PastLaunch.DAYS - 1);
  }

  private double y(double units) {
    double share = Math.max(0, Math.min(1, units / most()));
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share;
  }

  private String point(int day, double units) {
    return LocaleFormat.coordinate(x(day)) + "," + LocaleFormat.coordinate(y(units));
  }
}
