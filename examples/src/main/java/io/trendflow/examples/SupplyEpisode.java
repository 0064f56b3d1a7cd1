package io.trendflow.examples;

import java.time.LocalDate;

/**
 * Planted stock-out, promotion or lasting price of a product in one market.
 *
 * @param kind {@code stock_out}, {@code promo} or {@code price}
 * @param factor demand relative to that at the list price; 1 for a stock-out
 * @param lostUnits units that a stock-out kept from being sold
 */
public record SupplyEpisode(
    String kind,
    String productId,
    String market,
    LocalDate startsOn,
    LocalDate endsOn,
    double factor,
    long lostUnits) {}
