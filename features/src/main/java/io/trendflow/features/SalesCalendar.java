package io.trendflow.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.min;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.IntBinaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Which days of sales were known at which instant. A day up to the watermark without rows is zero
 * sales; a day after it is unknown.
 */
public final class SalesCalendar implements Serializable {
  /** For each source, an instant to the first day that was known from then on. */
  private final Map<String, NavigableMap<Long, Integer>> firstDays;

  /** An instant to the latest complete day that was known from then on; both grow. */
  private final NavigableMap<Long, Integer> watermarks;

  private SalesCalendar(
      Map<String, NavigableMap<Long, Integer>> firstDays, NavigableMap<Long, Integer> watermarks) {
    this.firstDays = firstDays;
    this.watermarks = watermarks;
  }

  /** Reads when each day's rows first became known; a few thousand rows reach the driver. */
  public static SalesCalendar of(Dataset<Row> sales) {
    List<Row> days =
        sales
            .select(
                col("source"),
                expr("unix_micros(available_at)").as("known_at"),
                expr("unix_date(sale_date)").as("first_day"),
                expr("cast(unix_date(sale_date) + period_days - 1 as int)").as("last_day"))
            .groupBy("source", "first_day", "last_day")
            .agg(min("known_at"))
            .collectAsList();
    Map<String, NavigableMap<Long, Integer>> firstDays = new HashMap<>();
    NavigableMap<Long, Integer> watermarks = new TreeMap<>();
    for (Row row : days) {
      firstDays
          .computeIfAbsent(row.getString(0), source -> new TreeMap<>())
          .merge(row.getLong(3), row.getInt(1), Math::min);
      watermarks.merge(row.getLong(3), row.getInt(2), Math::max);
    }
    firstDays.values().forEach(known -> accumulate(known, Math::min));
    accumulate(watermarks, Math::max);
    return new SalesCalendar(firstDays, watermarks);
  }

  /** What was known once stays known: each value takes in those before it. */
  private static void accumulate(NavigableMap<Long, Integer> byInstant, IntBinaryOperator take) {
    Integer before = null;
    for (Map.Entry<Long, Integer> entry : byInstant.entrySet()) {
      if (before != null) {
        entry.setValue(take.applyAsInt(before, entry.getValue()));
      }
      before = entry.getValue();
    }
  }

  /** The latest complete day of sales that was known at the end of the cutoff, if any was. */
  public Optional<LocalDate> watermark(LocalDate cutoff) {
    OptionalInt day = watermark(Times.day(cutoff));
    return day.isPresent() ? Optional.of(LocalDate.ofEpochDay(day.getAsInt())) : Optional.empty();
  }

  /** The latest complete day of sales of all, if there are sales. */
  public Optional<LocalDate> watermark() {
    return Optional.ofNullable(watermarks.lastEntry())
        .map(entry -> LocalDate.ofEpochDay(entry.getValue()));
  }

  /** The first day of sales of all, if there are sales. */
  public Optional<LocalDate> firstDay() {
    return firstDays.values().stream()
        .map(known -> LocalDate.ofEpochDay(known.lastEntry().getValue()))
        .min(Comparator.naturalOrder());
  }

  OptionalInt watermark(int cutoff) {
    return at(watermarks, cutoff);
  }

  /** The instant at which all days up to this one were known; empty while they are not. */
  OptionalLong knownAt(int day) {
    return watermarks.entrySet().stream()
        .filter(entry -> entry.getValue() >= day)
        .mapToLong(Map.Entry::getKey)
        .findFirst();
  }

  /** The first day with a row of the source, as known at the end of the cutoff. */
  OptionalInt firstDay(String source, int cutoff) {
    NavigableMap<Long, Integer> known = firstDays.get(source);
    return known == null ? OptionalInt.empty() : at(known, cutoff);
  }

  /** The first day with a row of any source, as known at the end of the cutoff. */
  OptionalInt firstDay(int cutoff) {
    return firstDays.keySet().stream()
        .map(source -> firstDay(source, cutoff))
        .filter(OptionalInt::isPresent)
        .mapToInt(OptionalInt::getAsInt)
        .min();
  }

  private static OptionalInt at(NavigableMap<Long, Integer> byInstant, int cutoff) {
    Map.Entry<Long, Integer> entry = byInstant.floorEntry(Times.endOf(cutoff));
    return entry == null ? OptionalInt.empty() : OptionalInt.of(entry.getValue());
  }
}
