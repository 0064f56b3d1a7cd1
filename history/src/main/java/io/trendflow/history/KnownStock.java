package io.trendflow.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Stock of a product as known at the end of a cutoff day. A day is out of stock if no source that
 * has stock of the product had any at the day's beginning or at its end, and nothing was sold.
 */
public final class KnownStock {
  private static final Comparator<StockLevel> REVISIONS =
      Comparator.comparing(StockLevel::source)
          .thenComparingInt(StockLevel::day)
          .thenComparingLong(StockLevel::availableAt);

  /** Stock of a product of which no source has any level. */
  static final KnownStock NONE = new KnownStock(List.of(), new int[0]);

  /** The latest level of each source. */
  private final List<StockLevel> latest;

  /** The days out of stock, in order. */
  private final int[] daysOut;

  private KnownStock(List<StockLevel> latest, int[] daysOut) {
    this.latest = latest;
    this.daysOut = daysOut;
  }

  /** Returns the revisions in the order that {@link #at} expects. */
  public static List<StockLevel> sorted(List<StockLevel> revisions) {
    return revisions.stream().sorted(REVISIONS).toList();
  }

  /**
   * Returns the stock known at the end of the cutoff.
   *
   * @param sales rows of the product's sales that are known then
   */
  static KnownStock at(List<StockLevel> sortedRevisions, List<SalesRow> sales, KnownDays days) {
    Map<String, List<StockLevel>> sources = new TreeMap<>();
    for (StockLevel level : sortedRevisions) {
      if (level.availableAt() <= days.instant() && level.day() <= days.cutoff()) {
        List<StockLevel> own = sources.computeIfAbsent(level.source(), source -> new ArrayList<>());
        if (!own.isEmpty() && own.get(own.size() - 1).day() == level.day()) {
          own.remove(own.size() - 1);
        }
        own.add(level);
      }
    }
    if (sources.isEmpty()) {
      return NONE;
    }
    return new KnownStock(
        sources.values().stream().map(own -> own.get(own.size() - 1)).toList(),
        daysOut(sources.values(), sales));
  }

  private static int[] daysOut(Collection<List<StockLevel>> sources, List<SalesRow> sales) {
    int begin = sources.stream().mapToInt(own -> own.get(0).day()).min().orElseThrow();
    int end = sources.stream().mapToInt(own -> own.get(own.size() - 1).day()).max().orElseThrow();
    BitSet out = new BitSet();
    BitSet anyStock = new BitSet();
    for (List<StockLevel> own : sources) {
      BitSet ofSource = daysOut(own, begin);
      out.or(ofSource);
      // A source whose levels begin later does not show that there was stock before.
      ofSource.set(0, own.get(0).day() + 1 - begin);
      ofSource.flip(0, end + 1 - begin);
      anyStock.or(ofSource);
    }
    out.andNot(anyStock);
    for (SalesRow row : sales) {
      if (row.grossUnits() > 0 && row.lastDay() >= begin) {
        out.clear(Math.max(0, row.day() - begin), row.lastDay() + 1 - begin);
      }
    }
    return out.stream().map(day -> day + begin).toArray();
  }

  /**
   * Returns the days between two levels of 0 that are not further apart than the cadence, as
   * distances from {@code begin}.
   */
  private static BitSet daysOut(List<StockLevel> own, int begin) {
    BitSet out = new BitSet();
    StockLevel before = null;
    for (StockLevel level : own) {
      if (before != null
          && before.isOut()
          && level.isOut()
          && level.day() - before.day() - 1 <= level.cadenceDays()) {
        out.set(before.day() + 1 - begin, level.day() + 1 - begin);
      }
      before = level;
    }
    return out;
  }

  /** Returns whether a source has a level of the product. */
  boolean isKnown() {
    return !latest.isEmpty();
  }

  /** Returns the number of days out of stock from one day to another, both included. */
  int daysOut(int from, int to) {
    return daysOut.length == 0 ? 0 : position(to + 1) - position(from);
  }

  boolean isOut(int day) {
    return Arrays.binarySearch(daysOut, day) >= 0;
  }

  private int position(int day) {
    int found = Arrays.binarySearch(daysOut, day);
    return found < 0 ? -found - 1 : found;
  }

  /**
   * Returns the units on hand by the latest level of each source; NaN if a source does not give
   * their number, or its latest level is older than its cadence.
   */
  double onHand(int day) {
    double units = 0;
    for (StockLevel level : latest) {
      units += day - level.day() > level.cadenceDays() ? Double.NaN : level.onHand();
    }
    return latest.isEmpty() ? Double.NaN : units;
  }
}
