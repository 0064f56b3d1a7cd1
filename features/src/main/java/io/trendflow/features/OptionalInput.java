package io.trendflow.features;

/** Clean table that a shop need not have; a model has its features only if the table has rows. */
public enum OptionalInput {
  /** {@code sales_history.stock_levels}. */
  STOCK,
  /** {@code new_product.calendar}. */
  CALENDAR
}
