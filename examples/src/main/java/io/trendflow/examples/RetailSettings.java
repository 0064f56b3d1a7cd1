package io.trendflow.examples;

import java.time.LocalDate;

/**
 * Settings of the generated shop. Equal settings give equal bytes.
 *
 * @param seed seed of the random draws, which selects one shop among many
 * @param products number of products in the catalogue, upcoming launches included
 * @param days number of days of sales history
 * @param end last day of the history, at whose end predictions are made
 * @param supply whether stock runs out on a tenth of the days, promotions that double the demand
 *     and changes of prices are planned, and the catalogue has costs and order terms
 */
public record RetailSettings(long seed, int products, int days, LocalDate end, boolean supply) {
  /**
   * Fewest products: a smaller shop has no room for a rise under the cap of 3 % of a market's
   * products.
   */
  static final int FEWEST_PRODUCTS = 100;

  static final int FEWEST_DAYS = 365;
  static final int MOST_DAYS = 3650;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the setting, its value and what is allowed
   */
  public RetailSettings {
    require("products", products, FEWEST_PRODUCTS, ShopVocabulary.capacity());
    require("days", days, FEWEST_DAYS, MOST_DAYS);
  }

  /** Creates the settings of a shop whose stock never runs out. */
  public RetailSettings(long seed, int products, int days, LocalDate end) {
    this(seed, products, days, end, false);
  }

  /** Returns the same settings with limited supply and plans. */
  public RetailSettings withSupply() {
    return new RetailSettings(seed, products, days, end, true);
  }

  /** Returns the settings of the demo without supply: 600 products, 900 days up to 2026-06-30. */
  public static RetailSettings defaults() {
    return new RetailSettings(7, 600, 900, LocalDate.of(2026, 6, 30));
  }

  LocalDate start() {
    return end.minusDays(days - 1L);
  }

  /** Returns the first day in days since 1970-01-01, the form in which days are computed. */
  long firstDay() {
    return start().toEpochDay();
  }

  long lastDay() {
    return end.toEpochDay();
  }

  private static void require(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "--%s is %d: use a number from %d to %d.".formatted(name, value, least, most));
    }
  }
}
