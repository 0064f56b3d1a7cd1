package io.trendflow.collection.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** Clock that can wait, and adds up how long it has waited. */
public final class PacedClock {
  private final Clock clock;
  private final Consumer<Duration> sleep;
  private Duration waited = Duration.ZERO;

  /**
   * Creates a clock.
   *
   * @param sleep waits for a duration
   */
  public PacedClock(Clock clock, Consumer<Duration> sleep) {
    this.clock = clock;
    this.sleep = sleep;
  }

  /** Returns a clock that lets the thread sleep. */
  public static PacedClock of(Clock clock) {
    return new PacedClock(clock, PacedClock::sleep);
  }

  public Instant instant() {
    return clock.instant();
  }

  /** Waits; returns at once for a duration that is not positive. */
  public void pause(Duration duration) {
    if (!duration.isNegative() && !duration.isZero()) {
      waited = waited.plus(duration);
      sleep.accept(duration);
    }
  }

  /** Returns the sum of the pauses. */
  public Duration waited() {
    return waited;
  }

  private static void sleep(Duration duration) {
    try {
      Thread.sleep(duration.toMillis() + 1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CollectionException("The pull was interrupted.", e);
    }
  }
}
