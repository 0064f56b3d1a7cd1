package io.trendflow.jobs.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** What someone may have meant. */
public final class SpellingHint {
  private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

  private SpellingHint() {}

  /** The name closest to a misspelt one; none if they have too little in common. */
  public static Optional<String> closest(String misspelt, Collection<String> names) {
    return names.stream()
        .filter(name -> DISTANCE.apply(name, misspelt) <= 1 + misspelt.length() / 4)
        .min(Comparator.comparingInt(name -> DISTANCE.apply(name, misspelt)));
  }
}
