package io.trendflow.serving.store;

import org.jspecify.annotations.Nullable;

/**
 * Row, or record inside a row, that returns its values by name in BigQuery's types: Long, Double,
 * Boolean, String, BigDecimal, LocalDate, Instant, another {@code ColumnReader}, or a List of
 * these.
 */
@FunctionalInterface
interface ColumnReader {

  /** Returns the value of a field; null if the value is null or there is no such field. */
  @Nullable Object get(String name);
}
