package io.trendflow.serving.store;

import java.time.LocalDate;

/**
 * When a product was sold in a market.
 *
 * @param firstSale first day of the first period with gross units
 * @param lastSale last day of the last one
 */
public record SoldDays(String market, String productId, LocalDate firstSale, LocalDate lastSale)
    implements ProductKeyed {}
