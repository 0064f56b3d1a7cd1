package io.trendflow.training;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which days a backtest, and the final fit after it, need feature rows and labels of.
 *
 * <p>Before the first origin a warm-up fit predicts earlier weeks, so that the first origin has
 * out-of-sample residuals. It is made {@code horizonDays + 28} days before the first origin, or
 * later by whole weeks until it has 8 training cutoffs with data; without room for one there is
 * none.
 *
 * @param origins days at whose end the backtest predicts, ascending
 * @param asOf the day of the final fit, at whose end the labels of every origin are known
 * @param cutoffs weekly training cutoffs of a fit, at most
 * @param firstCutoff first day that has worthwhile feature rows
 */
public record BacktestPlan(
    List<LocalDate> origins, LocalDate asOf, int horizonDays, int cutoffs, LocalDate firstCutoff) {
  private static final int WARM_UP_WEEKS = 4;
  private static final int MIN_WARM_UP_CUTOFFS = 8;
  private static final int DEFAULT_ORIGINS = 3;

  public BacktestPlan {
    origins = List.copyOf(new TreeSet<>(origins));
    if (origins.isEmpty()) {
      throw new IllegalArgumentException("train.origins is empty: name at least one day");
    }
    LocalDate last = origins.get(origins.size() - 1);
    if (last.plusDays(horizonDays).isAfter(asOf)) {
      throw new IllegalArgumentException(
          "train.origins has %s, whose %d days end after %s: leave it out or bring later sales"
              .formatted(last, horizonDays, asOf));
    }
  }

  /** Three origins, one horizon apart, the last one's horizon ending on {@code asOf}. */
  public static List<LocalDate> defaultOrigins(LocalDate asOf, int horizonDays) {
    return Stream.iterate(asOf.minusDays(horizonDays), day -> day.minusDays(horizonDays))
        .limit(DEFAULT_ORIGINS)
        .sorted()
        .toList();
  }

  /**
   * Every cutoff of which feature rows are needed.
   *
   * @param search whether a {@link Search} comes first
   */
  public NavigableSet<LocalDate> featureCutoffs(boolean search) {
    NavigableSet<LocalDate> all = new TreeSet<>(origins);
    labelCutoffs(search).values().forEach(all::addAll);
    return all;
  }

  /**
   * Per {@code known_by} the cutoffs of which labels are needed, as known at its end.
   *
   * @param search whether a {@link Search} comes first
   */
  public NavigableMap<LocalDate, NavigableSet<LocalDate>> labelCutoffs(boolean search) {
    NavigableMap<LocalDate, NavigableSet<LocalDate>> needed = new TreeMap<>();
    warmUpCutoffs().stream().limit(1).forEach(day -> needed.put(day, labelCutoffs(day)));
    if (search) {
      searchOrigins().forEach(day -> needed.put(day, labelCutoffs(day)));
    }
    origins.forEach(day -> needed.put(day, labelCutoffs(day)));
    needed.put(asOf, labelCutoffs(asOf));
    return needed;
  }

  /** The days of a search's fits: the labels of both are known at the first origin. */
  List<LocalDate> searchOrigins() {
    List<LocalDate> warmUp = warmUpCutoffs();
    return warmUp.size() < 2 ? warmUp : List.of(warmUp.get(0), warmUp.get(warmUp.size() - 1));
  }

  /** The day of the warm-up fit and the weekly cutoffs that it predicts; empty if there is none. */
  List<LocalDate> warmUpCutoffs() {
    LocalDate last = origins.get(0).minusDays(horizonDays);
    LocalDate day = last.minusWeeks(WARM_UP_WEEKS);
    while (!day.isAfter(last) && trainingCutoffs(day).size() < MIN_WARM_UP_CUTOFFS) {
      day = day.plusWeeks(1);
    }
    List<LocalDate> weeks = new ArrayList<>();
    for (; !day.isAfter(last); day = day.plusWeeks(1)) {
      weeks.add(day);
    }
    return weeks;
  }

  private List<LocalDate> trainingCutoffs(LocalDate day) {
    return TrainingCutoffs.of(day, horizonDays, cutoffs).stream()
        .filter(cutoff -> !cutoff.isBefore(firstCutoff))
        .toList();
  }

  /** What a fit on that day learns from, and what was predicted before and has come true. */
  private NavigableSet<LocalDate> labelCutoffs(LocalDate day) {
    NavigableSet<LocalDate> labels = new TreeSet<>(trainingCutoffs(day));
    Stream.concat(warmUpCutoffs().stream(), origins.stream())
        .filter(cutoff -> !cutoff.plusDays(horizonDays).isAfter(day))
        .forEach(labels::add);
    return labels;
  }
}
