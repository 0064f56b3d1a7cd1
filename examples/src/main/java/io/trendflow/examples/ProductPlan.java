package io.trendflow.examples;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A product of the shop and the level of its demand.
 *
 * @param index its number, which its random streams are derived from
 * @param price list price in pounds
 * @param launchDate as the catalogue says it
 * @param onSaleFrom the launch day, or later where the launch was delayed
 * @param discontinuedOn first day without sale, or null
 * @param keyword what people search for when they mean this product, or null for most products
 * @param ordersPerDay usual orders a day in the largest market
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

  /** List price in the market's currency, ending in 5 like most shop prices. */
  double listPrice(ShopMarket market) {
    return Math.max(0.45, Math.round(price * market.priceLevel * 10) / 10.0 - 0.05);
  }
}
