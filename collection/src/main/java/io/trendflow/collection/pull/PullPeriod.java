package io.trendflow.collection.pull;

import io.trendflow.schemas.PullManifest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Days that a pull of whole days may cover.
 *
 * @param window time zones of the days
 * @param now time of the pull
 * @param yesterday last day that is over in every time zone
 * @param earliest first day whose records may still change
 * @param start first day that no pull has yet, or the day that the task begins with
 * @param lastPull time of the last pull; null if there was none or the task names its first day
 */
public record PullPeriod(
    PullWindow window,
    Instant now,
    LocalDate yesterday,
    LocalDate earliest,
    LocalDate start,
    @Nullable Instant lastPull) {

  /**
   * Returns the period of a task.
   *
   * @param restateDays number of days whose records may still change
   */
  public static PullPeriod of(PullTask task, int restateDays) {
    PullWindow window = new PullWindow(task.zones());
    Instant now = task.clock().instant();
    LocalDate yesterday = window.lastOver(now);
    LocalDate earliest = yesterday.minusDays(restateDays - 1L);
    PullManifest latest = task.since() == null ? task.history().latest().orElse(null) : null;
    LocalDate first = task.since() == null ? earliest : task.since();
    LocalDate start =
        latest == null
            ? first
            : task.history().watermark().orElse(earliest.minusDays(1)).plusDays(1);
    return new PullPeriod(
        window, now, yesterday, earliest, start, latest == null ? null : latest.pulledAt());
  }

  /** Returns the days from a day until yesterday, ascending. */
  public Set<LocalDate> daysFrom(LocalDate day) {
    Set<LocalDate> days = new TreeSet<>();
    for (LocalDate next = day; !next.isAfter(yesterday); next = next.plusDays(1)) {
      days.add(next);
    }
    return days;
  }
}
