package io.trendflow.serving.snapshot;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Rows of the scored products that each trend keyword belongs to. */
public final class KeywordRows {
  private final Map<String, IntStream.Builder> adding = new HashMap<>();
  private final Map<String, int[]> rows = new HashMap<>();

  /** Adds a row of a keyword; a row may be added again. */
  void add(String keyword, int row) {
    adding.computeIfAbsent(keyword, word -> IntStream.builder()).add(row);
  }

  /** Completes the index after the last row. */
  void end() {
    adding.forEach((keyword, of) -> rows.put(keyword, of.build().sorted().distinct().toArray()));
    adding.clear();
  }

  /** Returns a predicate for the rows of a keyword. */
  IntPredicate of(String keyword) {
    int[] of = rows.getOrDefault(keyword, new int[0]);
    return row -> Arrays.binarySearch(of, row) >= 0;
  }
}
