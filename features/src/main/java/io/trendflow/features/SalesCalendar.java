package io.trendflow.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;

import io.trendflow.history.DayRange;
import io.trendflow.history.EpochTimes;
import io.trendflow.history.KnownDays;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Calendar of the days of sales and the instants at which they became known. A day up to the
 * watermark without rows has zero sales. A day after the watermark is unknown, and so is a day in a
 * hole, where a source is silent for longer than its cadence.
 */
public final class SalesCalendar implements Serializable {
  /** Days of a source, known from an instant on. */
  private record Span(DayRange days, long knownAt) implements Serializable {}

  /** Spans of each source, sorted by their first days. */
  private final NavigableMap<String, List<Span>> spans;

  /** Latest complete day known from each instant on; both grow. */
  private final NavigableMap<Long, Integer> watermarks;

  /** Instant from which each watermark was known. */
  private final NavigableMap<Integer, Long> instants;

  private final long rows;
  private final FeatureSettings settings;

  private SalesCalendar(
      NavigableMap<String, List<Span>> spans, long rows, FeatureSettings settings) {
    this.rows = rows;
    this.spans = spans;
    this.watermarks = watermarks(spans);
    this.instants = new TreeMap<>();
    this.watermarks.forEach((instant, day) -> instants.putIfAbsent(day, instant));
    this.settings = settings;
  }

  /**
   * Reads when the rows of each day first became known; the driver receives a few thousand rows.
   */
  public static SalesCalendar of(Dataset<Row> sales, FeatureSettings settings) {
    List<Row> days =
        sales
            .select(
                col("source"),
                expr("unix_date(sale_date)").as("first_day"),
                expr("cast(unix_date(sale_date) + period_days - 1 as int)").as("last_day"),
                expr("unix_micros(available_at)").as("known_at"))
            .groupBy("source", "first_day", "last_day")
            .agg(min("known_at"), count(lit(1)))
            .collectAsList();
    NavigableMap<String, List<Span>> spans = new TreeMap<>();
    long rows = 0;
    for (Row row : days) {
      rows += row.getLong(4);
      spans
          .computeIfAbsent(row.getString(0), source -> new ArrayList<>())
          .add(new Span(new DayRange(row.getInt(1), row.getInt(2)), row.getLong(3)));
    }
    spans.values().forEach(own -> own.sort(Comparator.comparingInt(span -> span.days().first())));
    return new SalesCalendar(spans, rows, settings);
  }

  private static NavigableMap<Long, Integer> watermarks(Map<String, List<Span>> spans) {
    NavigableMap<Long, Integer> watermarks = new TreeMap<>();
    spans
        .values()
        .forEach(
            own ->
                own.forEach(
                    span -> watermarks.merge(span.knownAt(), span.days().last(), Math::max)));
    // A known day stays known: each value includes the earlier ones.
    int latest = Integer.MIN_VALUE;
    for (Map.Entry<Long, Integer> entry : watermarks.entrySet()) {
      latest = Math.max(latest, entry.getValue());
      entry.setValue(latest);
    }
    return watermarks;
  }

  /**
   * Returns the latest complete day of sales known at the end of the cutoff, or empty if there is
   * none.
   */
  public Optional<LocalDate> watermark(LocalDate cutoff) {
    return Optional.ofNullable(watermarks.floorEntry(EpochTimes.endOf(EpochTimes.day(cutoff))))
        .map(entry -> LocalDate.ofEpochDay(entry.getValue()));
  }

  /** Returns the latest complete day of all sales, or empty if there are no sales. */
  public Optional<LocalDate> watermark() {
    return Optional.ofNullable(watermarks.lastEntry())
        .map(entry -> LocalDate.ofEpochDay(entry.getValue()));
  }

  /** Returns the latest complete day of each source that is known at the end of the cutoff. */
  public Map<String, LocalDate> watermarks(LocalDate cutoff) {
    long instant = EpochTimes.endOf(EpochTimes.day(cutoff));
    Map<String, LocalDate> days = new TreeMap<>();
    spans.forEach(
        (source, own) ->
            known(own, instant).stream()
                .mapToInt(DayRange::last)
                .max()
                .ifPresent(day -> days.put(source, LocalDate.ofEpochDay(day))));
    return days;
  }

  /** Returns the number of rows of sales, all revisions included. */
  public long rows() {
    return rows;
  }

  /** Returns the first day of all sales, or empty if there are no sales. */
  public Optional<LocalDate> firstDay() {
    return spans.values().stream()
        .map(own -> LocalDate.ofEpochDay(own.get(0).days().first()))
        .min(Comparator.naturalOrder());
  }

  /** Returns a sentence on each hole in the sales known by now, with what to do about it. */
  public List<String> holes() {
    List<String> sentences = new ArrayList<>();
    spans.forEach(
        (source, own) ->
            holes(source, known(own, Long.MAX_VALUE))
                .forEach(hole -> sentences.add(sentence(source, hole))));
    return sentences;
  }

  private String sentence(String source, DayRange hole) {
    return "source %s has no sales from %s to %s, longer than its cadence of %d days, which makes the sales of these days unknown: ingest these days, or set a longer cadence if nothing was sold."
        .formatted(
            source,
            LocalDate.ofEpochDay(hole.first()),
            LocalDate.ofEpochDay(hole.last()),
            settings.cadenceDays(source));
  }

  /** Returns the coverage as known at the end of the cutoff. */
  KnownDays at(int cutoff) {
    long instant = EpochTimes.endOf(cutoff);
    Map<String, KnownDays.Source> sources = new TreeMap<>();
    spans.forEach(
        (source, own) -> {
          List<DayRange> known = known(own, instant);
          if (!known.isEmpty()) {
            sources.put(source, new KnownDays.Source(known.get(0).first(), holes(source, known)));
          }
        });
    Map.Entry<Long, Integer> watermark = watermarks.floorEntry(instant);
    return new KnownDays(cutoff, watermark == null ? null : watermark.getValue(), sources);
  }

  private static List<DayRange> known(List<Span> spans, long instant) {
    return spans.stream().filter(span -> span.knownAt() <= instant).map(Span::days).toList();
  }

  private List<DayRange> holes(String source, List<DayRange> known) {
    return DayRange.holes(known, settings.cadenceDays(source));
  }

  /** Returns the instant at which all days up to this day were known; empty while they are not. */
  OptionalLong knownAt(int day) {
    Map.Entry<Integer, Long> known = instants.ceilingEntry(day);
    return known == null ? OptionalLong.empty() : OptionalLong.of(known.getValue());
  }
}
