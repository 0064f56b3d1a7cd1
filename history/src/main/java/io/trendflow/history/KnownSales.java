package io.trendflow.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A product's sales as they were known at some instant: one row for each source and period. */
public final class KnownSales {
  private static final Comparator<SalesRow> REVISIONS =
      Comparator.comparing(SalesRow::source)
          .thenComparingInt(SalesRow::day)
          .thenComparingLong(SalesRow::availableAt);

  private final List<SalesRow> rows;

  /** Those of the sources that sell the product. */
  private final List<DayRange> holes;

  private KnownSales(List<SalesRow> rows, KnownDays days) {
    this.rows = rows;
    this.holes =
        rows.stream()
            .map(SalesRow::source)
            .distinct()
            .flatMap(source -> days.holes(source).stream())
            .toList();
  }

  /** Puts all revisions into the order that {@link #at} expects. */
  public static List<SalesRow> sorted(List<SalesRow> revisions) {
    return revisions.stream().sorted(REVISIONS).toList();
  }

  /** Of several revisions visible then the latest counts, one for each source. */
  public static KnownSales at(List<SalesRow> sortedRevisions, KnownDays days) {
    List<SalesRow> known = new ArrayList<>();
    SalesRow latest = null;
    for (SalesRow row : sortedRevisions) {
      if (row.availableAt() > days.instant()) {
        continue;
      }
      if (latest != null && !(latest.day() == row.day() && latest.source().equals(row.source()))) {
        known.add(latest);
      }
      latest = row;
    }
    if (latest != null) {
      known.add(latest);
    }
    known.sort(Comparator.comparingInt(SalesRow::day));
    return new KnownSales(known, days);
  }

  /**
   * Units less returns of the days from {@code from} to {@code to}, not below 0; NaN, as every sum
   * here, if one of the days is unknown.
   */
  public double units(int from, int to) {
    return Math.max(0, sum(from, to, row -> row.grossUnits() - row.returnUnits()));
  }

  /** The same over those of the days that are known. */
  double knownUnits(int from, int to) {
    return Math.max(0, knownSum(from, to, row -> row.grossUnits() - row.returnUnits()));
  }

  /** How many of the days are in a hole of a source that sells the product. */
  int unknownDays(int from, int to) {
    return (int) IntStream.rangeClosed(from, to).filter(day -> anyUnknown(day, day)).count();
  }

  private boolean anyUnknown(int from, int to) {
    return holes.stream().anyMatch(hole -> hole.overlap(from, to));
  }

  double grossUnits(int from, int to) {
    return sum(from, to, SalesRow::grossUnits);
  }

  double orders(int from, int to) {
    return sum(from, to, SalesRow::orders);
  }

  /** Periods with a sale. */
  double activePeriods(int from, int to) {
    return sum(from, to, row -> row.grossUnits() > 0 ? 1 : 0);
  }

  /** Mean gross price of a unit; NaN without a sale of known revenue. */
  double price(int from, int to) {
    double revenue = 0;
    double units = 0;
    for (int i = firstFrom(from); i < rows.size() && rows.get(i).day() <= to; i++) {
      SalesRow row = rows.get(i);
      if (row.inside(from, to) && row.grossUnits() > 0 && row.grossRevenue() > 0) {
        revenue += row.grossRevenue();
        units += row.grossUnits();
      }
    }
    return units > 0 ? revenue / units : Double.NaN;
  }

  /** Units of each of the last {@code weeks} weeks up to {@code end}, oldest first. */
  double[] weeklyUnits(int end, int weeks) {
    double[] units = new double[weeks];
    for (SalesRow row : rows) {
      int age = weeksAgo(row.lastDay(), end);
      if (age >= 0 && age < weeks) {
        units[weeks - 1 - age] += row.grossUnits() - row.returnUnits();
      }
    }
    return units;
  }

  /**
   * Returns the week in which a period ends: 0 for the last seven days up to {@code end}, negative
   * after them.
   */
  public static int weeksAgo(int lastDay, int end) {
    return Math.floorDiv(end - lastDay, 7);
  }

  /** The first row with a sale, if any. */
  public @Nullable SalesRow firstSale() {
    return rows.stream().filter(row -> row.grossUnits() > 0).findFirst().orElse(null);
  }

  /** Last day of the last period with a sale. */
  OptionalInt lastSaleDay() {
    return rows.stream().filter(row -> row.grossUnits() > 0).mapToInt(SalesRow::lastDay).max();
  }

  public @Nullable String currency() {
    return rows.isEmpty() ? null : rows.get(rows.size() - 1).currency();
  }

  private double sum(int from, int to, ToDoubleFunction<SalesRow> value) {
    return anyUnknown(from, to) ? Double.NaN : knownSum(from, to, value);
  }

  /** A window counts a row only if its whole period lies inside. */
  private double knownSum(int from, int to, ToDoubleFunction<SalesRow> value) {
    double sum = 0;
    for (int i = firstFrom(from); i < rows.size() && rows.get(i).day() <= to; i++) {
      if (rows.get(i).lastDay() <= to) {
        sum += value.applyAsDouble(rows.get(i));
      }
    }
    return sum;
  }

  /** Index of the first row that begins on the day or later, by binary search. */
  private int firstFrom(int day) {
    int low = 0;
    int high = rows.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (rows.get(middle).day() < day) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
