package io.trendflow.examples;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Groups the sales of a day and market into orders of 2.5 lines on average. */
final class OrderBook {
  private static final double NEXT_ORDER = 0.4;
  private static final int OPENS = 7 * 3600;
  private static final int CLOSES = 22 * 3600 - 1;

  private final long seed;
  private final List<OrderLine> lines = new ArrayList<>();
  private int orders;

  private OrderBook(long seed) {
    this.seed = seed;
  }

  /** Returns all lines in the order of the export: by day, market and time. */
  static List<OrderLine> of(long seed, List<SaleLine> sales) {
    List<SaleLine> sorted = new ArrayList<>(sales);
    sorted.sort(Comparator.comparingLong(SaleLine::day).thenComparing(SaleLine::market));
    OrderBook book = new OrderBook(seed);
    for (int from = 0; from < sorted.size(); ) {
      int to = from;
      while (to < sorted.size() && sameDay(sorted.get(from), sorted.get(to))) {
        to++;
      }
      book.addDay(sorted.subList(from, to));
      from = to;
    }
    return book.lines;
  }

  private static boolean sameDay(SaleLine one, SaleLine other) {
    return one.day() == other.day() && one.market() == other.market();
  }

  private void addDay(List<SaleLine> sales) {
    SaleLine first = sales.get(0);
    RandomDraws draws =
        RandomDraws.of(seed, RandomDraws.Stream.ORDERS, first.day(), first.market().label());
    Collections.shuffle(sales, new Random(draws.between(0, Integer.MAX_VALUE - 1)));
    List<OrderLine> day = new ArrayList<>();
    Set<String> basket = new HashSet<>();
    int second = 0;
    for (SaleLine sale : sales) {
      if (sale.isReturn() || startsOrder(basket, sale, draws)) {
        basket.clear();
        orders++;
        second = draws.between(OPENS, CLOSES);
      }
      day.add(new OrderLine((sale.isReturn() ? "R" : "S") + (1_000_000 + orders), second, sale));
      if (!sale.isReturn()) {
        basket.add(sale.product().id());
      }
    }
    day.sort(Comparator.comparingInt(OrderLine::secondOfDay));
    lines.addAll(day);
  }

  /**
   * Returns whether the sale starts a new order. An order contains a product only once, which makes
   * two equal lines a duplicate.
   */
  private static boolean startsOrder(Set<String> basket, SaleLine sale, RandomDraws draws) {
    return basket.isEmpty() || basket.contains(sale.product().id()) || draws.chance(NEXT_ORDER);
  }
}
