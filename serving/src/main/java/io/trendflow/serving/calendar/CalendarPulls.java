package io.trendflow.serving.calendar;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Times at which the calendars were pulled, by source, as far as they are known. */
public final class CalendarPulls {
  private final Map<String, NavigableSet<Instant>> pulls = new HashMap<>();

  /** Adds the pull of a row. */
  public void add(CalendarRecord.Pull row) {
    if (!row.availableAssumed()) {
      pulls.computeIfAbsent(row.source(), source -> new TreeSet<>()).add(row.availableAt());
    }
  }

  /** Returns the time of a source's last pull up to an instant; null if there is none. */
  public @Nullable Instant last(String source, Instant upTo) {
    NavigableSet<Instant> known = pulls.get(source);
    return known == null ? null : known.floor(upTo);
  }
}
