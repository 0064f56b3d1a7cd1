package io.trendflow.examples;

import java.util.Locale;

/** Shop of one country. */
enum ShopMarket {
  UK("GBP", "GB", 1.0, 1.0, 1.0),
  FR("EUR", "FR", 0.7, 0.4, 1.18);

  final String currency;

  /** Place of its trend series, where its customers search. */
  final String geo;

  /** Share of the products that the market sells. */
  final double range;

  /** Orders per day relative to the United Kingdom. */
  final double size;

  /** List price in the market's currency for a product of one pound. */
  final double priceLevel;

  ShopMarket(String currency, String geo, double range, double size, double priceLevel) {
    this.currency = currency;
    this.geo = geo;
    this.range = range;
    this.size = size;
    this.priceLevel = priceLevel;
  }

  /** Returns the name in the files. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
