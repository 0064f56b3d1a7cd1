package io.trendflow.examples;

import java.util.List;

/**
 * A search term and how interest in it moves.
 *
 * @param index its number, which its random streams are derived from
 * @param category whose season it follows a little
 * @param pulses its bumps, the same in every place
 * @param decoyOf the declared keyword that it only resembles; itself when it is a declared one
 */
record TrendKeyword(
    String keyword,
    long index,
    ProductCategory category,
    List<DemandPulse> pulses,
    String decoyOf) {
  boolean isDecoy() {
    return !keyword.equals(decoyOf);
  }

  /** Interest on a day relative to the usual. */
  double level(double day) {
    double bump = pulses.stream().mapToDouble(pulse -> pulse.at(day)).max().orElse(1);
    return bump * category.season(Math.round(day), 0.3 * category.swing());
  }
}
