package io.trendflow.serving;

import io.trendflow.schemas.Table;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a table.
 *
 * @param batches of these batches; null for every one, which only a commit table has
 * @param among text columns, and the values that they may have
 * @param since a row's date is this day or later; null for any
 * @param order columns to sort by; texts in the order of their UTF-8 bytes
 */
record Selection(
    Table table,
    @Nullable List<String> batches,
    Map<String, Collection<String>> among,
    @Nullable Since since,
    List<String> order) {

  /** A day from which on a date column counts. */
  record Since(String column, LocalDate day) {}

  /** Every row of a commit table. */
  static Selection all(Table table) {
    return new Selection(table, null, Map.of(), null, List.of());
  }

  static Selection batches(Table table, List<String> batches) {
    return new Selection(table, batches, Map.of(), null, List.of());
  }

  Selection where(String column, Collection<String> values) {
    Map<String, Collection<String>> more = new LinkedHashMap<>(among);
    more.put(column, values);
    return new Selection(table, batches, more, since, order);
  }

  Selection since(String column, LocalDate day) {
    return new Selection(table, batches, among, new Since(column, day), order);
  }

  Selection orderedBy(String... columns) {
    return new Selection(table, batches, among, since, List.of(columns));
  }
}
