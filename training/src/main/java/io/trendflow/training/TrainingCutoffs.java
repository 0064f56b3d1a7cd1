package io.trendflow.training;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;

/** Cutoffs whose examples are known at an origin, some weeks apart. */
public final class TrainingCutoffs {
  private TrainingCutoffs() {}

  /**
   * Returns the cutoffs {@code origin - horizonDays - 7 k} for k = 1 and each multiple k of {@code
   * apart} from 0 to {@code weeks - 1}, earliest first. The labels of the latest cutoff end on the
   * origin. In a shop that sold nothing on that day they are known only later, and the latest
   * examples are those of the week before.
   */
  public static List<LocalDate> of(LocalDate origin, int horizonDays, int weeks, int apart) {
    return IntStream.range(0, weeks)
        .filter(k -> k % apart == 0 || k == 1)
        .mapToObj(k -> origin.minusDays(horizonDays).minusWeeks(k))
        .sorted()
        .toList();
  }
}
