package io.trendflow.examples;

import java.util.List;

/**
 * Category with its yearly season, whose mean over a year is 1.
 *
 * @param name name in the catalogue
 * @param nouns nouns in the names of its products
 * @param materials materials in the names of its products
 * @param price typical price in pounds
 * @param peakDay day of the year with the most demand
 * @param swing height of the season: at the peak demand is about e^swing times the usual
 */
record ProductCategory(
    String name,
    List<String> nouns,
    List<String> materials,
    double price,
    int peakDay,
    double swing) {

  /** Returns the demand on a day (days since 1970-01-01) relative to the year's mean. */
  double season(long day) {
    return season(day, swing);
  }

  /** Returns the season with another height: searches are less seasonal than purchases. */
  double season(long day, double height) {
    double angle = 2 * StrictMath.PI * (day - peakDay) / 365.2425;
    // The mean of exp(h cos x) is the Bessel function I0(h), approximated by the first terms of its
    // series.
    double q = height * height / 4;
    double mean = 1 + q + q * q / 4 + q * q * q / 36;
    return StrictMath.exp(height * StrictMath.cos(angle)) / mean;
  }
}
