package io.trendflow.history;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Coverage of the sales data as known at the end of a cutoff day. Days are counted from 1970-01-01.
 *
 * @param watermark the latest complete day; null if there were no sales
 * @param sources coverage of each source that had sales, by the source's name
 */
public record KnownDays(int cutoff, @Nullable Integer watermark, Map<String, Source> sources)
    implements Serializable {

  /**
   * Coverage of one source.
   *
   * @param firstDay first day with a row of the source
   * @param holes holes between rows that are longer than the cadence, in order
   */
  public record Source(int firstDay, List<DayRange> holes) implements Serializable {}

  /** Returns the last instant at which a row that becomes known still counts, in microseconds. */
  public long instant() {
    return EpochTimes.endOf(cutoff);
  }

  /** Returns the first day on which any source has a row. */
  OptionalInt firstDay() {
    return sources.values().stream().mapToInt(Source::firstDay).min();
  }

  /** Returns the first day on which the source has a row. */
  OptionalInt firstDay(String source) {
    Source known = sources.get(source);
    return known == null ? OptionalInt.empty() : OptionalInt.of(known.firstDay());
  }

  /** Returns the holes of a source, in order. */
  List<DayRange> holes(String source) {
    Source known = sources.get(source);
    return known == null ? List.of() : known.holes();
  }
}
