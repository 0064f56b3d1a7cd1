package io.trendflow.training.backtest;

import io.trendflow.training.TrainingCutoffs;
import java.time.LocalDate;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which days a backtest, and the final fit after it, need feature rows and labels of.
 *
 * <p>A fit predicts its own day and the weeks until the next fit, which know their residuals once
 * labels are known. Before the first origin there is a warm-up fit, so that the first origin has
 * residuals too. It is made {@code horizonDays + 28} days before the first origin, or later by
 * whole weeks until it has 8 training cutoffs with data; without room for one there is none.
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
   * @param search whether a {@link RecipeSearch} comes first
   */
  public NavigableSet<LocalDate> featureCutoffs(boolean search) {
    NavigableSet<LocalDate> all = new TreeSet<>(origins);
    labelCutoffs(search).values().forEach(all::addAll);
    return all;
  }

  /**
   * Per {@code known_by} the cutoffs of which labels are needed, as known at its end.
   *
   * @param search whether a {@link RecipeSearch} comes first
   */
  public NavigableMap<LocalDate, NavigableSet<LocalDate>> labelCutoffs(boolean search) {
    NavigableMap<LocalDate, NavigableSet<LocalDate>> needed = new TreeMap<>();
    fits().forEach(day -> needed.put(day, labelCutoffs(day)));
    if (search) {
      searchOrigins().forEach(day -> needed.put(day, labelCutoffs(day)));
    }
    needed.put(asOf, labelCutoffs(asOf));
    return needed;
  }

  /** The days of a search's fits: the labels of both are known at the first origin. */
  List<LocalDate> searchOrigins() {
    return warmUp().stream()
        .flatMap(day -> Stream.of(day, origins.get(0).minusDays(horizonDays)))
        .distinct()
        .toList();
  }

  /** The day of the warm-up fit. */
  Optional<LocalDate> warmUp() {
    LocalDate last = origins.get(0).minusDays(horizonDays);
    return Stream.iterate(last.minusWeeks(WARM_UP_WEEKS), day -> day.plusWeeks(1))
        .takeWhile(day -> !day.isAfter(last))
        .filter(day -> trainingCutoffs(day).size() >= MIN_WARM_UP_CUTOFFS)
        .findFirst();
  }

  /** The days of the fits: the warm-up's, if there is one, and the origins. */
  List<LocalDate> fits() {
    return Stream.concat(warmUp().stream(), origins.stream()).toList();
  }

  /**
   * What a fit predicts: its own day and, for the residuals, the weeks after it until the next fit,
   * as far as their horizon ends by as_of.
   */
  List<LocalDate> predictedBy(LocalDate fit) {
    LocalDate next = origins.stream().filter(fit::isBefore).findFirst().orElse(asOf);
    return Stream.iterate(fit, day -> day.plusWeeks(1))
        .takeWhile(day -> day.equals(fit) || day.isBefore(next))
        .takeWhile(day -> !day.plusDays(horizonDays).isAfter(asOf))
        .toList();
  }

  private List<LocalDate> trainingCutoffs(LocalDate day) {
    return TrainingCutoffs.of(day, horizonDays, cutoffs).stream()
        .filter(cutoff -> !cutoff.isBefore(firstCutoff))
        .toList();
  }

  /** What a fit on that day learns from, and what was predicted before and has come true. */
  private NavigableSet<LocalDate> labelCutoffs(LocalDate day) {
    NavigableSet<LocalDate> labels = new TreeSet<>(trainingCutoffs(day));
    fits().stream()
        .flatMap(fit -> predictedBy(fit).stream())
        .filter(cutoff -> !cutoff.plusDays(horizonDays).isAfter(day))
        .forEach(labels::add);
    return labels;
  }
}
