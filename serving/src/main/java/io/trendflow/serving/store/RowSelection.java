package io.trendflow.serving.store;

import io.trendflow.schemas.Table;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Selection of rows of a table.
 *
 * @param batches batches to read; null for all, which is allowed for commit tables only
 * @param among allowed values of text columns, by column
 * @param since first day to read; null for any day
 * @param order columns to sort by; texts are ordered by their UTF-8 bytes
 */
public record RowSelection(
    Table table,
    @Nullable List<String> batches,
    Map<String, Collection<String>> among,
    @Nullable Since since,
    List<String> order) {

  /** First day to read, of a date column. */
  record Since(String column, LocalDate day) {}

  /** Selects all rows of a commit table. */
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
