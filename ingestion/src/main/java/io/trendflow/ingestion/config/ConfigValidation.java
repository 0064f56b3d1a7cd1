package io.trendflow.ingestion.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Validates values of configuration records and fills in absent ones. */
public final class ConfigValidation {
  private ConfigValidation() {}

  /** Rejects a configuration with a sentence unless {@code holds}. */
  public static void that(boolean holds, String sentence) {
    if (!holds) {
      throw new IllegalArgumentException(sentence);
    }
  }

  /** Returns the text, or rejects the configuration if the text is absent or blank. */
  static String given(@Nullable String text, String sentence) {
    if (text == null || text.isBlank()) {
      throw new IllegalArgumentException(sentence);
    }
    return text;
  }

  /**
   * Returns a read-only copy in the same order, so that a configuration is always printed the same
   * way.
   */
  static <T> List<T> copy(@Nullable List<T> list) {
    return list == null ? List.of() : Collections.unmodifiableList(new ArrayList<>(list));
  }

  /** Returns a read-only copy in the same order, which {@code Map.copyOf} does not keep. */
  static <T> Map<String, T> copy(@Nullable Map<String, T> map) {
    return map == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
