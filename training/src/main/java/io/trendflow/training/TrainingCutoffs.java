package io.trendflow.training;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;

/** Weekly cutoffs whose examples are known at an origin. */
public final class TrainingCutoffs {
  private TrainingCutoffs() {}

  /**
   * Returns the cutoffs {@code origin - horizonDays - 7 k} for k from 0 to {@code count - 1},
   * earliest first. The labels of the latest cutoff end on the origin.
   */
  public static List<LocalDate> of(LocalDate origin, int horizonDays, int count) {
    return IntStream.range(0, count)
        .mapToObj(k -> origin.minusDays(horizonDays).minusWeeks(count - 1 - k))
        .toList();
  }
}
