package io.trendflow.jobs.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What someone may have meant. */
public final class SpellingHint {
  private SpellingHint() {}

  /** The name closest to a misspelt one; none if they have too little in common. */
  public static Optional<String> closest(String misspelt, Collection<String> names) {
    return names.stream()
        .filter(name -> distance(name, misspelt) <= 1 + misspelt.length() / 4)
        .min(Comparator.comparingInt(name -> distance(name, misspelt)));
  }

  /** Levenshtein's distance. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
