package io.trendflow.training;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;

/** The weekly cutoffs whose examples an origin can learn from. */
public final class TrainingCutoffs {
  private TrainingCutoffs() {}

  /**
   * The cutoffs {@code origin - horizonDays - 7 k} for k from 0 to {@code count - 1}, earliest
   * first: the labels of the latest end on the origin.
   */
  public static List<LocalDate> of(LocalDate origin, int horizonDays, int count) {
    return IntStream.range(0, count)
        .mapToObj(k -> origin.minusDays(horizonDays).minusWeeks(count - 1 - k))
        .toList();
  }
}
