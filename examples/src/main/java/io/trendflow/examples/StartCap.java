package io.trendflow.examples;

/**
 * Limits the share of the products whose rises start within any 28 days, because a rise is rare.
 */
final class StartCap {
  private static final double SHARE = 0.03;
  private static final int WINDOW_DAYS = 28;

  private final int cap;
  private final long origin;
  private final int[] starts;

  StartCap(long products, long firstDay, long lastDay) {
    cap = (int) (SHARE * products);
    origin = firstDay - WINDOW_DAYS;
    starts = new int[(int) (lastDay - firstDay) + 2 * WINDOW_DAYS + 1];
  }

  boolean allows(long day) {
    int at = index(day);
    for (int from = at - WINDOW_DAYS + 1; from <= at; from++) {
      if (startsFrom(from) >= cap) {
        return false;
      }
    }
    return true;
  }

  void add(long day) {
    starts[index(day)]++;
  }

  private int startsFrom(int from) {
    int sum = 0;
    for (int day = from; day < from + WINDOW_DAYS; day++) {
      sum += starts[day];
    }
    return sum;
  }

  private int index(long day) {
    return (int) (day - origin);
  }
}
