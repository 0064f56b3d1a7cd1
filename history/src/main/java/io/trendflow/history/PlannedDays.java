package io.trendflow.history;

import java.util.List;
import java.util.stream.IntStream;

/** Days from one to another with what is planned for them, as known at an instant. */
final class PlannedDays {
  private final List<PlannedEvent> events;
  private final int from;
  private final int to;

  PlannedDays(List<PlannedEvent> events, long instant, int from, int to) {
    this.events =
        events.stream()
            .filter(event -> event.isKnown(instant) && event.days().overlap(from, to))
            .toList();
    this.from = from;
    this.to = to;
  }

  /** Returns the number of days with a promotion. */
  int promotedDays() {
    if (events.isEmpty()) {
      return 0;
    }
    return (int)
        IntStream.rangeClosed(from, to)
            .filter(
                day ->
                    events.stream()
                        .anyMatch(
                            event -> event.kind() == PlannedEvent.Kind.PROMO && event.covers(day)))
            .count();
  }

  /** Returns the mean over the days of the deepest promotion; NaN if a depth is unknown. */
  double promotionDepth() {
    return meanDepth(List.of(PlannedEvent.Kind.PROMO));
  }

  /**
   * Returns the mean planned price against the list price; NaN if the depth of a promotion or of a
   * price is unknown.
   */
  double priceFactor() {
    return 1 - meanDepth(List.of(PlannedEvent.Kind.PROMO, PlannedEvent.Kind.PRICE));
  }

  private double meanDepth(List<PlannedEvent.Kind> kinds) {
    return IntStream.rangeClosed(from, to)
        .mapToDouble(day -> depth(day, kinds))
        .average()
        .orElse(0);
  }

  private double depth(int day, List<PlannedEvent.Kind> kinds) {
    double[] depths =
        events.stream()
            .filter(event -> kinds.contains(event.kind()) && event.covers(day))
            .mapToDouble(PlannedEvent::depth)
            .toArray();
    double deepest = depths.length == 0 ? 0 : Double.NEGATIVE_INFINITY;
    for (double depth : depths) {
      deepest = Math.max(deepest, depth);
    }
    return deepest;
  }
}
