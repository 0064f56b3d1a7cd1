package io.trendflow.serving.store;

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
public record RowSelection(
    Table table,
    @Nullable List<String> batches,
    Map<String, Collection<String>> among,
    @Nullable Since since,
    List<String> order) {

  /** A day from which on a date column counts. */
  record Since(String column, LocalDate day) {}

  /** Every row of a commit table. */
  public static RowSelection all(Table table) {
    return new RowSelection(table, null, Map.of(), null, List.of());
  }

  public static RowSelection batches(Table table, List<String> batches) {
    return new RowSelection(table, batches, Map.of(), null, List.of());
  }

  public RowSelection where(String column, Collection<String> values) {
    Map<String, Collection<String>> more = new LinkedHashMap<>(among);
    more.put(column, values);
    return new RowSelection(table, batches, more, since, order);
  }

  public RowSelection since(String column, LocalDate day) {
    return new RowSelection(table, batches, among, new Since(column, day), order);
  }

  public RowSelection orderedBy(String... columns) {
    return new RowSelection(table, batches, among, since, List.of(columns));
  }
}
