package io.trendflow.history;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The days of sales that were known at the end of a cutoff. Days are counted from 1970-01-01.
 *
 * @param watermark the latest complete day; null if there were no sales
 * @param sources by the sources that had sales
 */
public record KnownDays(int cutoff, @Nullable Integer watermark, Map<String, Source> sources)
    implements Serializable {

  /**
   * A source.
   *
   * @param firstDay its first day with a row
   * @param holes where it was silent for longer than it may be, in their order
   */
  public record Source(int firstDay, List<DayRange> holes) implements Serializable {}

  /** The last instant at which a row becomes known and still counts. */
  public long instant() {
    return EpochTimes.endOf(cutoff);
  }

  /** The first day with a row of any source. */
  OptionalInt firstDay() {
    return sources.values().stream().mapToInt(Source::firstDay).min();
  }

  /** The first day with a row of the source. */
  OptionalInt firstDay(String source) {
    Source known = sources.get(source);
    return known == null ? OptionalInt.empty() : OptionalInt.of(known.firstDay());
  }

  /** The holes of a source. */
  List<DayRange> holes(String source) {
    Source known = sources.get(source);
    return known == null ? List.of() : known.holes();
  }
}
