package io.trendflow.jobs.config;

import java.util.HashSet;
import java.util.List;

/** Rejects configured values that are not allowed, with key, value and what is allowed. */
public final class KeyValidation {
  private KeyValidation() {}

  public static void that(boolean allowed, String sentence) {
    if (!allowed) {
      throw new IllegalArgumentException(sentence);
    }
  }

  public static void range(String key, long value, long min, long max) {
    that(value >= min && value <= max, refusal(key, value, "from %d to %d".formatted(min, max)));
  }

  static void fraction(String key, double value) {
    that(value > 0 && value <= 1, refusal(key, value, "greater than 0 and at most 1"));
  }

  static void oneOf(String key, String value, List<String> allowed) {
    that(allowed.contains(value), refusal(key, value, "one of " + String.join(", ", allowed)));
  }

  static void distinct(String key, List<String> values) {
    that(new HashSet<>(values).size() == values.size(), refusal(key, values, "without duplicates"));
  }

  private static String refusal(String key, Object value, String allowed) {
    return "%s is %s, but must be %s.".formatted(key, value, allowed);
  }
}
