package io.trendflow.serving.store;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import io.trendflow.history.EpochTimes;
import io.trendflow.history.TrendSeries;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Columns of {@code trend.signals}: an observation as one pull reported it. */
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

  /** Key of a series: the observations of one metric of a keyword in a place. */
  public record Series(String source, String metric, String keyword, String geo) {}

  /**
   * Value of a series.
   *
   * @param observedOn first day of the period
   * @param periodDays number of days that the value covers
   */
  @Serdeable
  @Schema(name = "Signal.Point")
  public record Point(LocalDate observedOn, long periodDays, double value) {}

  public Series series() {
    return new Series(source, metric, keyword, geo);
  }

  /** Returns the observation as the definitions of trends read it. */
  public TrendSeries.Observation observation() {
    int day = EpochTimes.day(observedOn);
    return new TrendSeries.Observation(
        day,
        Math.toIntExact(day + periodDays - 1),
        value,
        pullId,
        ChronoUnit.MICROS.between(Instant.EPOCH, availableAt));
  }

  /**
   * Returns the complete periods of a series, ordered by day, from the latest pull that was known
   * at the end of a day.
   */
  public static List<Point> latestPull(List<SignalRecord> series, LocalDate cutoff) {
    List<TrendSeries.Observation> observations =
        series.stream().map(SignalRecord::observation).toList();
    return TrendSeries.latestPull(observations, EpochTimes.day(cutoff)).stream()
        .map(o -> new Point(LocalDate.ofEpochDay(o.day()), o.lastDay() - o.day() + 1L, o.value()))
        .toList();
  }
}
