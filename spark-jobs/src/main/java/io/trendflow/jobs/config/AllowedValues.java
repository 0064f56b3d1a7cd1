package io.trendflow.jobs.config;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Describes the values that a key allows, for a value of the wrong type. */
final class AllowedValues {
  private static final Map<Class<?>, String> WORDS = new LinkedHashMap<>();

  static {
    WORDS.put(int.class, "a whole number");
    WORDS.put(long.class, "a whole number");
    WORDS.put(Integer.class, "a whole number");
    WORDS.put(Long.class, "a whole number");
    WORDS.put(double.class, "a number");
    WORDS.put(Double.class, "a number");
    WORDS.put(boolean.class, "true or false");
    WORDS.put(Boolean.class, "true or false");
    WORDS.put(String.class, "a text");
    WORDS.put(LocalDate.class, "a date such as 2011-08-31");
    WORDS.put(Collection.class, "a list such as [a, b]");
    WORDS.put(Map.class, "keys with values");
  }

  private AllowedValues() {}

  static String describe(MismatchedInputException problem, ConfigKeys keys) {
    Class<?> type = problem.getTargetType();
    if (type != null && type.isEnum()) {
      return "one of " + names(type);
    }
    if (type != null && type.isRecord()) {
      return "keys with values: " + String.join(", ", keys.of(type));
    }
    return WORDS.entrySet().stream()
        .filter(words -> type != null && words.getKey().isAssignableFrom(type))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseGet(() -> "another value: " + problem.getOriginalMessage());
  }

  private static String names(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }
}
