package io.trendflow.collection.web;

import java.time.Duration;

/**
 * Times of repeated requests.
 *
 * @param first wait before the first repetition; it doubles with each further one
 * @param longest longest wait, also for a Retry-After
 * @param repetitions number of repetitions of a request
 */
public record RetryTimes(Duration first, Duration longest, int repetitions) {
  public static final RetryTimes DEFAULT =
      new RetryTimes(Duration.ofSeconds(1), Duration.ofMinutes(2), 6);
}
