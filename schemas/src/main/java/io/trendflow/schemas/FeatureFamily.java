package io.trendflow.schemas;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Family of the model's inputs, by which the reasons for a score are summed up: the values of the
 * column {@code family} of {@code prediction.scores}.
 */
public enum FeatureFamily {
  /** Sales in the days that the usual pace is measured on. */
  RECENT_SALES,
  /** Sales before those days, the same weeks a year earlier, and the season. */
  HISTORY,
  /** Interest in search engines. */
  SEARCHES,
  /** Posts and views in social networks. */
  SOCIAL,
  /** Visits to the product in the shop itself. */
  VISITS,
  PRICE,
  /** The product's age and attributes, and how its category and market sell. */
  PRODUCT,
  /** Past launches that are comparable. */
  LAUNCHES,
  /** Every input that has no value for the product. */
  MISSING,
  /** No input: the mean of all products and the corrections that earlier forecasts taught. */
  USUAL_LEVEL;

  /** Returns the value of the column, such as {@code recent_sales}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns whether the family can be a reason: it is about something known of the product. */
  public boolean explains() {
    return this != MISSING && this != USUAL_LEVEL;
  }

  /** Returns whether the family is about a trend. */
  public boolean isTrend() {
    return this == SEARCHES || this == SOCIAL || this == VISITS;
  }

  /** Returns the family of a column's value; empty if this version does not know it. */
  public static Optional<FeatureFamily> of(String label) {
    return Arrays.stream(values()).filter(family -> family.label().equals(label)).findFirst();
  }
}
