package io.trendflow.testing.shop;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Bucket of points that refills at a constant rate. */
final class LeakyBucket {
  private final Clock clock;
  private final double size;
  private final double rate;
  private double available;
  private Instant measured;

  LeakyBucket(Clock clock, double size, double rate) {
    this.clock = clock;
    this.size = size;
    this.rate = rate;
    this.available = size;
    this.measured = clock.instant();
  }

  double size() {
    return size;
  }

  double rate() {
    return rate;
  }

  double available() {
    Instant now = clock.instant();
    available =
        Math.min(size, available + rate * Duration.between(measured, now).toMillis() / 1000.0);
    measured = now;
    return available;
  }

  void take(double points) {
    available = available() - points;
  }
}
