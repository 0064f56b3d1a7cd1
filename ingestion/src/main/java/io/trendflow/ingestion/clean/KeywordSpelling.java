package io.trendflow.ingestion.clean;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Normalises search terms, so that a declared keyword matches its trend series. */
final class KeywordSpelling {
  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]+");

  private KeywordSpelling() {}

  /** Returns the term in lower case and with single spaces. */
  static String normalised(String keyword) {
    return SPACE.matcher(keyword.strip()).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
  }

  /** Returns the terms of a cell, which are separated by {@code ;}. */
  static List<String> of(String cell) {
    return Arrays.stream(cell.split(";", -1))
        .map(KeywordSpelling::normalised)
        .filter(keyword -> !keyword.isEmpty())
        .toList();
  }
}
