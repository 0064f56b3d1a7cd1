package io.trendflow.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Sales of a product as known at an instant: one row for each source and period. */
public final class KnownSales {
  private static final Comparator<SalesRow> REVISIONS =
      Comparator.comparing(SalesRow::source)
          .thenComparingInt(SalesRow::day)
          .thenComparingLong(SalesRow::availableAt);

  /** Largest share of the days of a sum that may be out of stock. */
  private static final double MOST_OUT = 0.25;

  private final List<SalesRow> rows;

  /** Gaps of the sources that sell the product. */
  private final List<DayRange> holes;

  private final KnownStock stock;

  private KnownSales(List<SalesRow> rows, KnownStock stock, KnownDays days) {
    this.rows = rows;
    this.stock = stock;
    this.holes =
        rows.stream()
            .map(SalesRow::source)
            .distinct()
            .flatMap(source -> days.holes(source).stream())
            .toList();
  }

  /** Returns the revisions in the order that {@link #at} expects. */
  public static List<SalesRow> sorted(List<SalesRow> revisions) {
    return revisions.stream().sorted(REVISIONS).toList();
  }

  /**
   * Returns the rows known at the end of the cutoff: the latest visible revision of each source and
   * period.
   *
   * @param sortedLevels revisions of the product's stock; none if it is not known
   */
  public static KnownSales at(
      List<SalesRow> sortedRevisions, List<StockLevel> sortedLevels, KnownDays days) {
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
    KnownStock stock =
        sortedLevels.isEmpty() ? KnownStock.NONE : KnownStock.at(sortedLevels, known, days);
    return new KnownSales(known, stock, days);
  }

  /**
   * Returns the units less returns of the days {@code from} to {@code to}, not below 0. Days out of
   * stock are left out: the result is scaled from the other days to all. It is NaN, as for every
   * sum of this class, if one of the days is unknown or more than a quarter are out of stock.
   */
  public double units(int from, int to) {
    return Math.max(0, sum(from, to, row -> row.grossUnits() - row.returnUnits()));
  }

  /** Returns the units less returns of the known days in the range, not below 0. */
  double knownUnits(int from, int to) {
    return Math.max(0, knownSum(from, to, row -> row.grossUnits() - row.returnUnits()));
  }

  /** Returns the number of days that are in a hole of a source of the product, or out of stock. */
  int unknownDays(int from, int to) {
    return holes.isEmpty()
        ? stock.daysOut(from, to)
        : (int)
            IntStream.rangeClosed(from, to)
                .filter(day -> anyUnknown(day, day) || stock.isOut(day))
                .count();
  }

  /** Returns the number of days out of stock from one day to another, both included. */
  public int daysOut(int from, int to) {
    return stock.daysOut(from, to);
  }

  /** Returns whether a source has stock of the product. */
  public boolean isStockKnown() {
    return stock.isKnown();
  }

  KnownStock stock() {
    return stock;
  }

  /** Returns the gross units as sold, whatever the stock was; NaN if a day is unknown. */
  double soldUnits(int from, int to) {
    return anyUnknown(from, to) ? Double.NaN : knownSum(from, to, SalesRow::grossUnits);
  }

  private boolean anyUnknown(int from, int to) {
    for (DayRange hole : holes) { // no stream: every feature of every product asks
      if (hole.overlap(from, to)) {
        return true;
      }
    }
    return false;
  }

  double grossUnits(int from, int to) {
    return sum(from, to, SalesRow::grossUnits);
  }

  double orders(int from, int to) {
    return sum(from, to, SalesRow::orders);
  }

  /** Returns the number of periods with a sale. */
  double activePeriods(int from, int to) {
    return sum(from, to, row -> row.grossUnits() > 0 ? 1 : 0);
  }

  /** Returns the mean gross price of a unit; NaN if there is no sale of known revenue. */
  double price(int from, int to) {
    double revenue = 0;
    double units = 0;
    for (SalesRow row : priced(from, to)) {
      revenue += row.grossRevenue();
      units += row.grossUnits();
    }
    return units > 0 ? revenue / units : Double.NaN;
  }

  /** Returns the units of each of the last {@code weeks} weeks up to {@code end}, oldest first. */
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

  /** Returns the first row with a sale, or null. */
  public @Nullable SalesRow firstSale() {
    return rows.stream().filter(row -> row.grossUnits() > 0).findFirst().orElse(null);
  }

  /** Returns the last day of the last period with a sale. */
  OptionalInt lastSaleDay() {
    return rows.stream().filter(row -> row.grossUnits() > 0).mapToInt(SalesRow::lastDay).max();
  }

  public @Nullable String currency() {
    return rows.isEmpty() ? null : rows.get(rows.size() - 1).currency();
  }

  /**
   * Returns a sum over the sold lines of the periods with a sale; NaN if a source gives totals
   * only.
   */
  double lines(int from, int to, ToDoubleFunction<LineSums> value) {
    return sum(from, to, row -> row.grossUnits() > 0 ? value.applyAsDouble(row.lines()) : 0);
  }

  double sum(int from, int to, ToDoubleFunction<SalesRow> value) {
    if (anyUnknown(from, to)) {
      return Double.NaN;
    }
    int out = stock.daysOut(from, to);
    double sum = knownSum(from, to, value);
    return out == 0 ? sum : inStock(sum, to - from + 1, out);
  }

  /** Scales a sum over the days in stock to all days. */
  private static double inStock(double sum, int days, int out) {
    return out > MOST_OUT * days ? Double.NaN : sum * days / (days - out);
  }

  /** Returns the known rows whose whole period is in the range, in the order of their days. */
  List<SalesRow> inside(int from, int to) {
    List<SalesRow> inside = new ArrayList<>();
    for (int i = firstFrom(from); i < rows.size() && rows.get(i).day() <= to; i++) {
      if (rows.get(i).lastDay() <= to) {
        inside.add(rows.get(i));
      }
    }
    return inside;
  }

  /**
   * Returns the median over the days of a range of a day's mean gross price; NaN if there is no
   * sale of known revenue. Unlike {@link #price}, bulk discounts move it little.
   */
  double medianPrice(int from, int to) {
    double[] prices =
        priced(from, to).stream()
            .mapToDouble(row -> row.grossRevenue() / row.grossUnits())
            .sorted()
            .toArray();
    return prices.length == 0 ? Double.NaN : prices[prices.length / 2];
  }

  private List<SalesRow> priced(int from, int to) {
    return inside(from, to).stream()
        .filter(row -> row.grossUnits() > 0 && row.grossRevenue() > 0)
        .toList();
  }

  /** Sums the rows whose whole period is inside the window. */
  private double knownSum(int from, int to, ToDoubleFunction<SalesRow> value) {
    double sum = 0;
    for (int i = firstFrom(from); i < rows.size() && rows.get(i).day() <= to; i++) {
      if (rows.get(i).lastDay() <= to) {
        sum += value.applyAsDouble(rows.get(i));
      }
    }
    return sum;
  }

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
