package io.trendflow.ingestion.clean;

import io.trendflow.ingestion.raw.FileTask;
import io.trendflow.ingestion.raw.PullTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Times at which the rows of one file became known, and the days for which it can be complete. */
final class FileTimes {
  /** Offset from UTC of the time zone in which a day begins first. */
  private static final Duration EARLIEST_ZONE = Duration.ofHours(14);

  private static final LocalDate FIRST = LocalDate.of(1990, 1, 1);
  private static final LocalDate LAST = LocalDate.of(2099, 12, 31);

  private final @Nullable PullTime pull;
  private final Duration lag;
  private final Instant completeUntil;
  private final LocalDate today;

  // Adjacent records usually have the same day and market, and times are slow to compute.
  private @Nullable LocalDate lastKnown;
  private Instant lastAvailable = Instant.EPOCH;
  private @Nullable ZoneId lastZone;
  private LocalDate firstUnfinished = LocalDate.EPOCH;

  FileTimes(FileTask task) {
    this.pull = task.file().pull();
    this.lag = task.source().lag();
    this.completeUntil = pull == null ? task.now() : pull.completeUntil();
    Instant known = pull == null ? task.now() : pull.knownAt();
    this.today = known.plus(EARLIEST_ZONE).atZone(ZoneOffset.UTC).toLocalDate();
  }

  /** Returns whether {@link #availableAt} is assumed, because the file is not in a pull folder. */
  boolean assumed() {
    return pull == null;
  }

  /** Returns the time at which a row about the days up to {@code last} became known. */
  Instant availableAt(LocalDate last) {
    if (!last.equals(lastKnown)) {
      lastAvailable =
          availableAt(last.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().plus(lag));
      lastKnown = last;
    }
    return lastAvailable;
  }

  /** Returns the time of the pull; without a pull, the given assumption. */
  Instant availableAt(Instant assumed) {
    return pull == null ? assumed : pull.knownAt();
  }

  /** Returns the last day that was over when the row became known. */
  LocalDate lastDayOver(ZoneId zone) {
    return completeUntil.atZone(zone).toLocalDate().minusDays(1);
  }

  /**
   * Returns a time before the beginning of a planned day; the end of that day if the time ahead is
   * null, which cannot be too early.
   */
  static Instant beforeStart(LocalDate planned, @Nullable Duration ahead) {
    return ahead == null
        ? planned.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant()
        : planned.atStartOfDay(ZoneOffset.UTC).toInstant().minus(ahead);
  }

  /** Returns whether a period that ends with a day was over when the row became known. */
  boolean over(LocalDate last, ZoneId zone) {
    if (!zone.equals(lastZone)) {
      firstUnfinished = completeUntil.atZone(zone).toLocalDate();
      lastZone = zone;
    }
    return last.isBefore(firstUnfinished);
  }

  /** Returns whether the pull has every record of a period. */
  boolean told(LocalDate first, LocalDate last) {
    return pull == null || pull.holds(first, last);
  }

  /** Rejects a day before 1990, and a day that had not begun anywhere when the row became known. */
  LocalDate observed(BoundField field, LocalDate day) throws RecordDefectException {
    if (day.isBefore(FIRST) || day.isAfter(today)) {
      throw new RecordDefectException(
          RejectReason.OUT_OF_RANGE,
          field + " is " + day + ", which is not between " + FIRST + " and " + today + ".");
    }
    return day;
  }

  /** Rejects a day before 1990 or after 2099, which can only be a placeholder. */
  static @Nullable LocalDate planned(BoundField field, @Nullable LocalDate day)
      throws RecordDefectException {
    if (day != null && (day.isBefore(FIRST) || day.isAfter(LAST))) {
      throw new RecordDefectException(
          RejectReason.OUT_OF_RANGE,
          field + " is " + day + ", which is not between " + FIRST + " and " + LAST + ".");
    }
    return day;
  }
}
