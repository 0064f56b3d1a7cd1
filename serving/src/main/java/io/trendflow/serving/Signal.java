package io.trendflow.serving;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;

/** Columns of {@code trend.signals}: an observation, as one pull reported it. */
record Signal(
    String source,
    String metric,
    String keyword,
    String geo,
    LocalDate observedOn,
    long periodDays,
    double value,
    String pullId,
    Instant availableAt) {

  /** Observations of one metric of a keyword in a place. */
  record Series(String source, String metric, String keyword, String geo) {}

  /**
   * A value of a series.
   *
   * @param observedOn first day of the period
   * @param periodDays days that the value covers
   */
  @Serdeable
  record Point(LocalDate observedOn, long periodDays, double value) {}

  Series series() {
    return new Series(source, metric, keyword, geo);
  }

  Point point() {
    return new Point(observedOn, periodDays, value);
  }

  LocalDate lastDay() {
    return observedOn.plusDays(periodDays - 1);
  }

  /**
   * Of one series the complete periods of the latest pull that was known at the end of a day, by
   * day. Values of different pulls may be scaled differently.
   */
  static List<Signal> latestPull(List<Signal> series, LocalDate cutoff) {
    Instant knownBy = Run.endOf(cutoff);
    List<Signal> known =
        series.stream()
            .filter(s -> !s.availableAt().isAfter(knownBy) && !s.lastDay().isAfter(cutoff))
            .toList();
    return known.stream()
        .max(Comparator.comparing(Signal::availableAt).thenComparing(Signal::pullId))
        .map(Signal::pullId)
        .map(pull -> known.stream().filter(s -> s.pullId().equals(pull)))
        .map(latest -> latest.sorted(Comparator.comparing(Signal::observedOn)).toList())
        .orElse(List.of());
  }
}
