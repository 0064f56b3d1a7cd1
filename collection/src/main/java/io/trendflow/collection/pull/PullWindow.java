package io.trendflow.collection.pull;

import io.trendflow.schemas.PullManifest.PullDays;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** Days in the time zones of the markets, and the instants between which they lie. */
public final class PullWindow {
  private final List<ZoneId> zones;

  public PullWindow(List<ZoneId> zones) {
    this.zones = zones;
  }

  /** Returns the day of an instant in each zone; usually one. */
  public Collection<LocalDate> days(Instant instant) {
    return new TreeSet<>(zones.stream().map(zone -> instant.atZone(zone).toLocalDate()).toList());
  }

  /** Returns the day of an instant in the first zone. */
  public LocalDate day(Instant instant) {
    return instant.atZone(zones.get(0)).toLocalDate();
  }

  /** Returns the last day that is over in every zone. */
  public LocalDate lastOver(Instant now) {
    return zones.stream()
        .map(zone -> now.atZone(zone).toLocalDate().minusDays(1))
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  /** Returns the instant at which a day begins in the first of the zones. */
  public Instant start(LocalDate day) {
    return zones.stream()
        .map(zone -> day.atStartOfDay(zone).toInstant())
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  /** Returns the instant at which a day is over in the last of the zones. */
  public Instant end(LocalDate day) {
    return zones.stream()
        .map(zone -> day.plusDays(1).atStartOfDay(zone).toInstant())
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  /** Returns the start and the end of a day in the first zone. */
  public List<Instant> bounds(LocalDate day) {
    ZoneId zone = zones.get(0);
    return List.of(
        day.atStartOfDay(zone).toInstant(), day.plusDays(1).atStartOfDay(zone).toInstant());
  }

  /** Merges days into ranges, ascending. */
  public static List<PullDays> ranges(Collection<LocalDate> days) {
    List<PullDays> ranges = new ArrayList<>();
    for (LocalDate day : new TreeSet<>(days)) {
      PullDays last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
      if (last != null && last.to().plusDays(1).equals(day)) {
        ranges.set(ranges.size() - 1, new PullDays(last.from(), day));
      } else {
        ranges.add(new PullDays(day, day));
      }
    }
    return ranges;
  }
}
