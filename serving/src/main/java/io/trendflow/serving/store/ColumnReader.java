package io.trendflow.serving.store;

import org.jspecify.annotations.Nullable;

/**
 * A row, or a record inside one, that hands over its values by name: as BigQuery holds them, each a
 * Long, Double, Boolean, String, BigDecimal, LocalDate, Instant, another {@code ColumnReader}, or a
 * List of these.
 */
@FunctionalInterface
interface ColumnReader {

  /** The value of a field; null also where there is no such field. */
  @Nullable Object get(String name);
}
