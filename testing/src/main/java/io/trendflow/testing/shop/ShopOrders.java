package io.trendflow.testing.shop;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Orders of a shop with their refunds: the truth that the imitated interfaces show. */
public final class ShopOrders {
  /** Text of every personal value, which no pull may land. */
  public static final String PERSONAL = "PERSONAL-DATA-MARKER";

  /** Line of an order. */
  public record Line(long id, String sku, String title, int quantity, BigDecimal price) {}

  /** Line of a refund. */
  public record RefundLine(Line line, int quantity) {
    public BigDecimal amount() {
      return line.price().multiply(BigDecimal.valueOf(quantity));
    }
  }

  /** Refund of an order. */
  public record Refund(long id, Instant createdAt, List<RefundLine> lines) {}

  /** Order, which can change. */
  public static final class Order {
    public final long id;
    public final Instant createdAt;
    public final List<Line> lines;
    public final List<Refund> refunds = new ArrayList<>();
    public Instant updatedAt;
    public @Nullable Instant cancelledAt;

    private Order(long id, Instant createdAt, Instant updatedAt, List<Line> lines) {
      this.id = id;
      this.createdAt = createdAt;
      this.updatedAt = updatedAt;
      this.lines = lines;
    }

    public String financialStatus() {
      if (refunds.isEmpty()) {
        return "PAID";
      }
      int sold = lines.stream().mapToInt(Line::quantity).sum();
      int returned =
          refunds.stream()
              .flatMap(refund -> refund.lines().stream())
              .mapToInt(RefundLine::quantity)
              .sum();
      return returned < sold ? "PARTIALLY_REFUNDED" : "REFUNDED";
    }
  }

  private final List<Order> orders = new ArrayList<>();
  private long ids = 1000;

  /** Returns the orders, in the order of their creation times. */
  public synchronized List<Order> orders() {
    List<Order> sorted = new ArrayList<>(orders);
    sorted.sort(
        (a, b) ->
            a.createdAt.equals(b.createdAt)
                ? Long.compare(a.id, b.id)
                : a.createdAt.compareTo(b.createdAt));
    return sorted;
  }

  /** Adds an order with one piece of each product. */
  public synchronized Order add(Instant createdAt, Instant updatedAt, List<Line> lines) {
    Order order = new Order(++ids, createdAt, updatedAt, lines);
    orders.add(order);
    return order;
  }

  public synchronized Line line(String sku, int quantity, String price) {
    return new Line(++ids, sku, "Title of " + sku, quantity, new BigDecimal(price));
  }

  /** Returns pieces of a line at a time. */
  public synchronized void refund(Order order, Instant at, Line line, int quantity) {
    order.refunds.add(new Refund(++ids, at, List.of(new RefundLine(line, quantity))));
    order.updatedAt = at;
  }

  public synchronized void cancel(Order order, Instant at) {
    order.cancelledAt = at;
    order.updatedAt = at;
  }

  public synchronized void delete(Order order) {
    orders.remove(order);
  }

  /**
   * Lets a day pass: orders, late orders, refunds of new and old orders, cancellations and
   * deletions.
   */
  public void live(LocalDate day, ZoneId zone, int sales, Random random) {
    Instant start = day.atStartOfDay(zone).toInstant();
    long length =
        Duration.between(start, day.plusDays(1).atStartOfDay(zone).toInstant()).toSeconds();
    for (int i = 0; i < sales; i++) {
      Instant at = start.plusSeconds((long) (random.nextDouble() * length));
      add(at, at, lines(random));
    }
    Instant evening = start.plusSeconds(length - 60);
    List<Order> all = orders();
    if (random.nextInt(3) == 0) {
      // An order that another channel sends days later.
      Instant at = start.minus(Duration.ofHours(20L + random.nextInt(200)));
      add(at, evening, lines(random));
    }
    for (int i = 0; i < 1 + random.nextInt(3) && !all.isEmpty(); i++) {
      Order order = all.get(Math.max(0, all.size() - 1 - random.nextInt(50 * Math.max(1, sales))));
      Line line = order.lines.get(0);
      int returned =
          order.refunds.stream()
              .flatMap(refund -> refund.lines().stream())
              .mapToInt(RefundLine::quantity)
              .sum();
      if (order.cancelledAt == null && returned < line.quantity()) {
        refund(order, evening, line, 1);
      }
    }
    if (random.nextInt(4) == 0 && !all.isEmpty()) {
      Order order = all.get(Math.max(0, all.size() - 1 - random.nextInt(20 * Math.max(1, sales))));
      if (order.cancelledAt == null) {
        cancel(order, evening);
      }
    }
    if (random.nextInt(8) == 0 && !all.isEmpty()) {
      delete(all.get(Math.max(0, all.size() - 1 - random.nextInt(20 * Math.max(1, sales)))));
    }
  }

  private List<Line> lines(Random random) {
    List<Line> lines = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      int product = random.nextInt(8);
      lines.add(line("sku-" + product, 1 + random.nextInt(3), (5 + product) + ".50"));
    }
    return lines;
  }
}
