package io.trendflow.examples;

import java.time.LocalDate;

/** Units of a product that a stock-out kept from being sold on a day. */
public record LostSale(String productId, String market, LocalDate day, long units) {}
