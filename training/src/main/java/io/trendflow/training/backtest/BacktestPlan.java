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
 * Plan of a backtest and of the final fit after it: the days whose feature rows and labels are
 * needed.
 *
 * <p>A fit predicts its own day and the weeks until the next fit, which have residuals once their
 * labels are known. A warm-up fit before the first origin gives the first origin residuals too. It
 * is {@code horizonDays + 28} days before the first origin, or later by whole weeks until it has 8
 * weekly cutoffs with data; a history too short for it has none.
 *
 * @param origins days at whose end the backtest predicts, ascending
 * @param asOf day of the final fit, at whose end the labels of every origin are known
 * @param cutoffs number of weeks from which the training cutoffs of a fit are taken
 * @param cutoffWeeks weeks between two training cutoffs
 * @param firstCutoff first day with useful feature rows
 */
public record BacktestPlan(
    List<LocalDate> origins,
    LocalDate asOf,
    int horizonDays,
    int cutoffs,
    int cutoffWeeks,
    LocalDate firstCutoff) {
  private static final int WARM_UP_WEEKS = 4;
  private static final int MIN_FIT_CUTOFFS = 8;
  private static final int DEFAULT_ORIGINS = 13;
  private static final int WEEKS_BETWEEN_ORIGINS = 2;

  public BacktestPlan {
    origins = List.copyOf(new TreeSet<>(origins));
    if (origins.isEmpty()) {
      throw new IllegalArgumentException("train.origins is empty: list at least one day");
    }
    LocalDate last = origins.get(origins.size() - 1);
    if (last.plusDays(horizonDays).isAfter(asOf)) {
      throw new IllegalArgumentException(
          "train.origins has %s, whose horizon of %d days ends after %s: remove this day or ingest later sales"
              .formatted(last, horizonDays, asOf));
    }
  }

  /**
   * Returns 13 origins, one every second week; the horizon of the last one ends on {@code asOf}.
   * Origins before which fewer than 8 weekly cutoffs have data and labels are left out, except the
   * last one.
   *
   * @param firstCutoff first day with useful feature rows
   */
  public static List<LocalDate> defaultOrigins(
      LocalDate asOf, int horizonDays, LocalDate firstCutoff) {
    LocalDate earliest = firstCutoff.plusWeeks(MIN_FIT_CUTOFFS - 1).plusDays(horizonDays);
    LocalDate last = asOf.minusDays(horizonDays);
    return Stream.iterate(last, day -> day.minusWeeks(WEEKS_BETWEEN_ORIGINS))
        .limit(DEFAULT_ORIGINS)
        .filter(day -> day.equals(last) || !day.isBefore(earliest))
        .sorted()
        .toList();
  }

  /**
   * Returns every cutoff whose feature rows are needed.
   *
   * @param search whether a {@link RecipeSearch} comes first
   */
  public NavigableSet<LocalDate> featureCutoffs(boolean search) {
    NavigableSet<LocalDate> all = new TreeSet<>(origins);
    labelCutoffs(search).values().forEach(all::addAll);
    return all;
  }

  /**
   * Returns, for each {@code known_by}, the cutoffs whose labels as known at its end are needed.
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

  /** Returns the days of a search's fits; the labels of both are known at the first origin. */
  List<LocalDate> searchOrigins() {
    return warmUp().stream()
        .flatMap(day -> Stream.of(day, origins.get(0).minusDays(horizonDays)))
        .distinct()
        .toList();
  }

  /** Returns the day of the warm-up fit. */
  Optional<LocalDate> warmUp() {
    LocalDate last = origins.get(0).minusDays(horizonDays);
    return Stream.iterate(last.minusWeeks(WARM_UP_WEEKS), day -> day.plusWeeks(1))
        .takeWhile(day -> !day.isAfter(last))
        .filter(day -> trainingCutoffs(day, 1).size() >= MIN_FIT_CUTOFFS)
        .findFirst();
  }

  /** Returns the days of the fits: the warm-up fit's, if there is one, and the origins. */
  List<LocalDate> fits() {
    return Stream.concat(warmUp().stream(), origins.stream()).toList();
  }

  /**
   * Returns the days that a fit predicts: its own day and, for the residuals, the weeks until the
   * next fit whose horizon ends by {@code asOf}.
   */
  List<LocalDate> predictedBy(LocalDate fit) {
    LocalDate next = origins.stream().filter(fit::isBefore).findFirst().orElse(asOf);
    return Stream.iterate(fit, day -> day.plusWeeks(1))
        .takeWhile(day -> day.equals(fit) || day.isBefore(next))
        .takeWhile(day -> !day.plusDays(horizonDays).isAfter(asOf))
        .toList();
  }

  private List<LocalDate> trainingCutoffs(LocalDate day, int apart) {
    return TrainingCutoffs.of(day, horizonDays, cutoffs, apart).stream()
        .filter(cutoff -> !cutoff.isBefore(firstCutoff))
        .toList();
  }

  /**
   * Returns the cutoffs that a fit on the day is trained on, and earlier predictions whose labels
   * are known.
   */
  private NavigableSet<LocalDate> labelCutoffs(LocalDate day) {
    NavigableSet<LocalDate> labels = new TreeSet<>(trainingCutoffs(day, cutoffWeeks));
    fits().stream()
        .flatMap(fit -> predictedBy(fit).stream())
        .filter(cutoff -> !cutoff.plusDays(horizonDays).isAfter(day))
        .forEach(labels::add);
    return labels;
  }
}
