package io.trendflow.history;

/**
 * Sums over the sold lines of a period that damp bulk purchases; NaN where the source gives totals
 * only.
 *
 * @param logUnits sum of log(1 + units) of each line
 * @param squaredUnits sum of the squared units of each line
 * @param cappedUnits sum of the units, of which each line counts at most 48
 * @param customers distinct customers; NaN also where the source has no customer
 */
public record LineSums(double logUnits, double squaredUnits, double cappedUnits, double customers) {
  /** Sums of a source that gives totals only. */
  public static final LineSums UNKNOWN =
      new LineSums(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
}
