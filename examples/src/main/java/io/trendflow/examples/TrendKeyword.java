package io.trendflow.examples;

import java.util.List;

/**
 * Search term and the movement of the interest in it.
 *
 * @param index number of the keyword, from which its random streams are derived
 * @param category category whose season the interest follows a little
 * @param pulses bumps of the interest, the same in every place
 * @param decoyOf declared keyword that a decoy resembles; the keyword itself if it is declared
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

  /** Returns the interest on a day relative to the usual level. */
  double level(double day) {
    double bump = pulses.stream().mapToDouble(pulse -> pulse.at(day)).max().orElse(1);
    return bump * category.season(Math.round(day), 0.3 * category.swing());
  }
}
