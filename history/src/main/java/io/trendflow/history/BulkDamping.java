package io.trendflow.history;

import java.util.List;

/**
 * Sales of a product whose bulk days count less. A day (or a longer period of a source) counts with
 * at most three times the product's typical day, the median of its days with a sale in the last 168
 * days. It needs daily totals only, so that every source gives it. Every result is NaN if a day of
 * its window is unknown.
 */
public final class BulkDamping {
  private static final int TYPICAL_DAYS = 168;
  private static final double MOST_OF_TYPICAL = 3;

  private final KnownSales sales;
  private final double typicalUnits;

  BulkDamping(KnownSales sales, int lastDay) {
    this.sales = sales;
    this.typicalUnits = median(sales.inside(lastDay - TYPICAL_DAYS + 1, lastDay));
  }

  private static double median(List<SalesRow> rows) {
    double[] units =
        rows.stream().mapToDouble(SalesRow::grossUnits).filter(u -> u > 0).sorted().toArray();
    int middle = units.length / 2;
    if (units.length == 0) {
      return 1;
    }
    return units.length % 2 == 1 ? units[middle] : (units[middle - 1] + units[middle]) / 2;
  }

  /** Returns the gross units of a typical day with a sale; 1 if there is none. */
  public double typicalUnits() {
    return typicalUnits;
  }

  /** Returns the gross units, each day capped at three times a typical day, or at 3 units. */
  double cappedUnits(int from, int to) {
    double cap = MOST_OF_TYPICAL * Math.max(1, typicalUnits);
    return sales.sum(from, to, row -> Math.min(cap, row.grossUnits()));
  }

  /** Returns the sum of log(1 + gross units) of each day. */
  double logUnits(int from, int to) {
    return sales.sum(from, to, row -> Math.log1p(row.grossUnits()));
  }

  /** Returns the share of the largest day in the gross units, from 0 to 1; 0 without units. */
  double largestShare(int from, int to) {
    double units = sales.soldUnits(from, to);
    double largest =
        sales.inside(from, to).stream().mapToDouble(SalesRow::grossUnits).max().orElse(0);
    return Double.isNaN(units) ? units : largest / Math.max(1, units);
  }

  /** Returns the gross units of the last day with a sale in the range; 0 if there is none. */
  double lastUnits(int from, int to) {
    double last = 0;
    for (SalesRow row : sales.inside(from, to)) {
      last = row.grossUnits() > 0 ? row.grossUnits() : last;
    }
    return last;
  }
}
