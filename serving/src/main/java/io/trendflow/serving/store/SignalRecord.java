package io.trendflow.serving.store;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;

/** Columns of {@code trend.signals}: an observation, as one pull reported it. */
public record SignalRecord(
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
  public record Series(String source, String metric, String keyword, String geo) {}

  /**
   * A value of a series.
   *
   * @param observedOn first day of the period
   * @param periodDays days that the value covers
   */
  @Serdeable
  @Schema(name = "Signal.Point")
  public record Point(LocalDate observedOn, long periodDays, double value) {}

  public Series series() {
    return new Series(source, metric, keyword, geo);
  }

  public Point point() {
    return new Point(observedOn, periodDays, value);
  }

  public LocalDate lastDay() {
    return observedOn.plusDays(periodDays - 1);
  }

  /**
   * Of one series the complete periods of the latest pull that was known at the end of a day, by
   * day. Values of different pulls may be scaled differently.
   */
  public static List<SignalRecord> latestPull(List<SignalRecord> series, LocalDate cutoff) {
    Instant knownBy = Run.endOf(cutoff);
    List<SignalRecord> known =
        series.stream()
            .filter(s -> !s.availableAt().isAfter(knownBy) && !s.lastDay().isAfter(cutoff))
            .toList();
    return known.stream()
        .max(Comparator.comparing(SignalRecord::availableAt).thenComparing(SignalRecord::pullId))
        .map(SignalRecord::pullId)
        .map(pull -> known.stream().filter(s -> s.pullId().equals(pull)))
        .map(latest -> latest.sorted(Comparator.comparing(SignalRecord::observedOn)).toList())
        .orElse(List.of());
  }
}
