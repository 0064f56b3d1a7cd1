package io.trendflow.training;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;

/** Cutoffs whose examples are known at an origin, some weeks apart. */
public final class TrainingCutoffs {
  private TrainingCutoffs() {}

  /**
   * Returns the cutoffs {@code origin - horizonDays - 7 k} for each multiple k of {@code apart}
   * from 0 to {@code weeks - 1}, earliest first. The labels of the latest cutoff end on the origin.
   */
  public static List<LocalDate> of(LocalDate origin, int horizonDays, int weeks, int apart) {
    int last = (weeks - 1) / apart;
    return IntStream.rangeClosed(0, last)
        .mapToObj(k -> origin.minusDays(horizonDays).minusWeeks((long) apart * (last - k)))
        .toList();
  }
}
