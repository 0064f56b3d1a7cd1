package io.trendflow.serving.dashboard;

import io.trendflow.serving.store.ReasonRecord;
import io.trendflow.serving.store.ScoreRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Waterfall from the usual pace to the expected units, one step for each family of inputs. The
 * steps as they are printed add up.
 *
 * @param total the expected units, for the heading
 * @param start the usual pace
 * @param end the expected units
 */
record UpliftWaterfall(String total, Level start, List<Step> steps, Level end) {
  static final int WIDTH = 200;

  private static final double LEAST_WIDTH = 1.5;

  /** Number above which units are printed whole. */
  private static final double WHOLE = 9.95;

  /**
   * Bar from zero.
   *
   * @param bar position on the scale of the waterfall
   */
  record Level(String units, Span bar) {}

  /**
   * Family of inputs.
   *
   * @param label what the family says if there is evidence for it, otherwise its name
   * @param fact evidence, or an explanation of the family; empty if there is neither
   * @param units change of the units, with a plus or minus sign
   */
  record Step(String label, String fact, String units, String effect, boolean falls, Span bar) {}

  /** Horizontal position and width in drawing units. */
  record Span(double x, double width) {}

  /** Returns the waterfall of a score; null if it has no families. */
  static @Nullable UpliftWaterfall of(ScoreRecord score, PageLanguage language) {
    if (score.families().isEmpty()) {
      return null;
    }
    List<ScoreRecord.Family> families = score.families();
    double[] levels = new double[families.size() + 1];
    levels[0] = score.baselineUnits();
    for (int i = 0; i < families.size(); i++) {
      levels[i + 1] = levels[i] + families.get(i).units();
    }
    LevelScale scale = LevelScale.of(levels);
    Map<String, ReasonRecord> evidence =
        score.reasons().stream()
            .filter(reason -> reason.family() != null)
            .collect(Collectors.toMap(ReasonRecord::family, Function.identity(), (a, b) -> a));
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < families.size(); i++) {
      ScoreRecord.Family family = families.get(i);
      double change = scale.printed(levels[i + 1]) - scale.printed(levels[i]);
      steps.add(
          step(
              score,
              family,
              evidence.get(family.family()),
              language.wording().signed(change),
              scale.span(levels[i], levels[i + 1]),
              language));
    }
    String expected = scale.text(levels[levels.length - 1], language);
    return new UpliftWaterfall(
        expected,
        new Level(scale.text(levels[0], language), scale.span(0, levels[0])),
        steps,
        new Level(expected, scale.span(0, levels[levels.length - 1])));
  }

  private static Step step(
      ScoreRecord score,
      ScoreRecord.Family family,
      @Nullable ReasonRecord evidence,
      String units,
      Span bar,
      PageLanguage language) {
    String effect = language.wording().signedPercent(family.effect() / 100);
    boolean falls = family.contribution() < 0;
    if (evidence == null) {
      String name = language.reasons().family(family.family());
      String meaning = language.value("waterfall", family.family());
      return new Step(
          name, meaning.equals(family.family()) ? "" : meaning, units, effect, falls, bar);
    }
    ReasonLine line = ReasonLine.of(score, evidence, language);
    return new Step(line.headline(), line.fact(), units, effect, falls, bar);
  }

  /**
   * Scale from zero, or the lowest level, to the highest level.
   *
   * @param decimals factor to which levels are rounded for print: 1 for whole units, 10 for tenths
   */
  private record LevelScale(double lowest, double perUnit, double decimals) {
    static LevelScale of(double[] levels) {
      double lowest = Math.min(0, Arrays.stream(levels).min().orElse(0));
      double highest = Arrays.stream(levels).max().orElse(0);
      double range = Math.max(highest - lowest, Double.MIN_NORMAL);
      return new LevelScale(lowest, WIDTH / range, highest < WHOLE ? 10 : 1);
    }

    double printed(double level) {
      return Math.rint(level * decimals) / decimals;
    }

    String text(double level, PageLanguage language) {
      return language.wording().number(printed(level));
    }

    Span span(double from, double to) {
      double width = Math.max(LEAST_WIDTH, Math.abs(to - from) * perUnit);
      double x = (Math.min(from, to) - lowest) * perUnit;
      return new Span(Math.min(x, WIDTH - width), width);
    }
  }
}
