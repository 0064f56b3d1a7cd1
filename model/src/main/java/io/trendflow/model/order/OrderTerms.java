package io.trendflow.model.order;

import org.jspecify.annotations.Nullable;

/**
 * Terms of ordering a product; null where a term is unknown.
 *
 * @param price price of a unit to customers
 * @param currency currency of price and cost
 * @param unitCost purchase price of a unit
 * @param salvageRate share of the cost, from 0 to 1, that an unsold unit still brings
 * @param leadTimeDays days from an order until its units can be sold
 * @param moq minimum order quantity in units
 * @param packSize units in a pack
 */
public record OrderTerms(
    @Nullable Double price,
    @Nullable String currency,
    @Nullable Double unitCost,
    @Nullable Double salvageRate,
    @Nullable Long leadTimeDays,
    @Nullable Long moq,
    @Nullable Long packSize,
    @Nullable String supplier) {
  /** Terms of a product without a catalogue entry. */
  public static final OrderTerms NONE =
      new OrderTerms(null, null, null, null, null, null, null, null);
}
