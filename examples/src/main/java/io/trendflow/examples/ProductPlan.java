package io.trendflow.examples;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Product of the shop with the level of its demand.
 *
 * @param index number of the product, from which its random streams are derived
 * @param price list price in pounds
 * @param launchDate launch day in the catalogue
 * @param onSaleFrom launch day, or a later day if the launch was delayed
 * @param discontinuedOn first day on which the product is not sold any more, or null
 * @param keyword keyword with which people search for the product; null for most products
 * @param ordersPerDay usual number of orders a day in the largest market
 * @param unitsPerOrder median units of an order
 */
record ProductPlan(
    int index,
    String id,
    String title,
    ProductCategory category,
    String noun,
    String motif,
    String brand,
    String colour,
    String material,
    double price,
    List<ShopMarket> markets,
    LocalDate launchDate,
    LocalDate onSaleFrom,
    @Nullable LocalDate discontinuedOn,
    @Nullable String keyword,
    double ordersPerDay,
    double unitsPerOrder) {

  boolean onSale(long day) {
    return day >= onSaleFrom.toEpochDay()
        && (discontinuedOn == null || day < discontinuedOn.toEpochDay());
  }

  /** Returns the list price in the market's currency, ending in 5 like most shop prices. */
  double listPrice(ShopMarket market) {
    return Math.max(0.45, Math.round(price * market.priceLevel * 10) / 10.0 - 0.05);
  }
}
