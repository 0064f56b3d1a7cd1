package io.trendflow.ingestion.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the configuration records share to refuse bad values and to fill in absent ones. */
public final class ConfigValidation {
  private ConfigValidation() {}

  /** Refuses a configuration with a sentence unless {@code holds}. */
  public static void that(boolean holds, String sentence) {
    if (!holds) {
      throw new IllegalArgumentException(sentence);
    }
  }

  /** The text, refused when it is absent or blank. */
  static String given(@Nullable String text, String sentence) {
    if (text == null || text.isBlank()) {
      throw new IllegalArgumentException(sentence);
    }
    return text;
  }

  /** A read-only copy that keeps its order, so that a configuration always prints the same. */
  static <T> List<T> copy(@Nullable List<T> list) {
    return list == null ? List.of() : Collections.unmodifiableList(new ArrayList<>(list));
  }

  /** A read-only copy that keeps its order, which {@code Map.copyOf} does not. */
  static <T> Map<String, T> copy(@Nullable Map<String, T> map) {
    return map == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
