package io.trendflow.history;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Promotions and prices that are planned for a product over a horizon.
 *
 * @param first first day of the horizon, in days since 1970-01-01
 * @param days number of its days
 * @param listPrice price to which the events' depths relate; NaN if unknown
 * @param currentPrice price of a unit at the cutoff; NaN if unknown
 * @param events promotions and prices of the horizon; the constructor leaves out all others
 */
public record HorizonPlan(
    int first, int days, double listPrice, double currentPrice, List<PlannedEvent> events) {
  private static final List<PlannedEvent.Kind> PROMOTIONS = List.of(PlannedEvent.Kind.PROMO);
  private static final List<PlannedEvent.Kind> PRICES =
      List.of(PlannedEvent.Kind.PROMO, PlannedEvent.Kind.PRICE);

  public HorizonPlan {
    int last = first + days - 1;
    events =
        events.stream()
            .filter(event -> PRICES.contains(event.kind()) && event.days().overlap(first, last))
            .toList();
  }

  /** Returns the number of days with a promotion. */
  public int promotedDays() {
    return promotedDays(first, last());
  }

  /** Returns the number of days with a promotion in each week of the horizon. */
  public double[] promotedDaysByWeek() {
    return new HorizonWeeks(days).sums(first, this::promotedDays);
  }

  private int promotedDays(int from, int to) {
    return events.isEmpty()
        ? 0
        : (int) IntStream.rangeClosed(from, to).filter(this::isPromoted).count();
  }

  private boolean isPromoted(int day) {
    return events.stream()
        .anyMatch(event -> PROMOTIONS.contains(event.kind()) && event.covers(day));
  }

  /** Returns the mean over the days of the deepest promotion; NaN if a depth is unknown. */
  public double promotionDepth() {
    return meanDepth(PROMOTIONS);
  }

  /** Returns the mean price over the days; NaN if the list price or a depth is unknown. */
  public double plannedPrice() {
    return listPrice * (1 - meanDepth(PRICES));
  }

  /** Returns the mean price over the days with a promotion; NaN if there are none. */
  public double promotedPrice() {
    return IntStream.rangeClosed(first, last())
        .filter(this::isPromoted)
        .mapToDouble(day -> listPrice * (1 - depth(day, PRICES)))
        .average()
        .orElse(Double.NaN);
  }

  /** Returns log(planned price / current price); NaN if one of them is unknown. */
  public double priceChange() {
    return Math.log(plannedPrice() / currentPrice);
  }

  /** Returns this plan with other promotions, and the same prices on the other days. */
  public HorizonPlan withPromotions(List<PlannedEvent> promotions) {
    return with(PlannedEvent.Kind.PRICE, promotions);
  }

  /** Returns this plan with one price on all days, which promotions reduce as they did before. */
  public HorizonPlan withPrice(double price) {
    PlannedEvent planned =
        PlannedEvent.known(
            new DayRange(first, last()), PlannedEvent.Kind.PRICE, 1 - price / listPrice);
    return with(PlannedEvent.Kind.PROMO, List.of(planned));
  }

  private HorizonPlan with(PlannedEvent.Kind kept, List<PlannedEvent> others) {
    Stream<PlannedEvent> same = events.stream().filter(event -> event.kind() == kept);
    return new HorizonPlan(
        first, days, listPrice, currentPrice, Stream.concat(same, others.stream()).toList());
  }

  private int last() {
    return first + days - 1;
  }

  private double meanDepth(List<PlannedEvent.Kind> kinds) {
    return IntStream.rangeClosed(first, last())
        .mapToDouble(day -> depth(day, kinds))
        .average()
        .orElse(0);
  }

  private double depth(int day, List<PlannedEvent.Kind> kinds) {
    return events.stream()
        .filter(event -> kinds.contains(event.kind()) && event.covers(day))
        .mapToDouble(PlannedEvent::depth)
        .max()
        .orElse(0);
  }
}
