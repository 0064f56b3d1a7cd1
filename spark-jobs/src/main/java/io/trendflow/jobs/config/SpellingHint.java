package io.trendflow.jobs.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Suggests the name that a misspelt one probably stands for. */
public final class SpellingHint {
  private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

  private SpellingHint() {}

  /** Returns the name closest to a misspelt one; empty if none is similar enough. */
  public static Optional<String> closest(String misspelt, Collection<String> names) {
    return names.stream()
        .filter(name -> DISTANCE.apply(name, misspelt) <= 1 + misspelt.length() / 4)
        .min(Comparator.comparingInt(name -> DISTANCE.apply(name, misspelt)));
  }
}
