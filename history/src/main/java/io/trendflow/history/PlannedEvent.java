package io.trendflow.history;

import java.io.Serializable;
import java.util.Locale;

/**
 * Planned event of a product, as an entry of a calendar.
 *
 * @param days its days, in days since 1970-01-01
 * @param kind what is planned
 * @param depth share by which the price is below the list price; NaN if unknown
 * @param knownFrom when it became known, in microseconds since 1970-01-01T00:00Z
 * @param knownUntil when it was known to be planned no more; {@code Long.MAX_VALUE} if it still is
 */
public record PlannedEvent(DayRange days, Kind kind, double depth, long knownFrom, long knownUntil)
    implements Serializable {
  /** Kind of a planned event. */
  public enum Kind {
    PROMO,
    PRICE,
    HOLIDAY,
    CAMPAIGN;

    /** Returns the kind with a label. */
    public static Kind of(String label) {
      return valueOf(label.toUpperCase(Locale.ROOT));
    }

    /** Returns the name of the kind in the tables. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Returns an event that was known at any time. */
  public static PlannedEvent known(DayRange days, Kind kind, double depth) {
    return new PlannedEvent(days, kind, depth, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  boolean isKnown(long instant) {
    return knownFrom <= instant && instant < knownUntil;
  }

  boolean covers(int day) {
    return days.overlap(day, day);
  }
}
