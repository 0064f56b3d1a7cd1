package io.trendflow.ingestion.init;

import io.trendflow.ingestion.config.FieldNames;
import io.trendflow.ingestion.config.SourceKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Guessed kind of a table, and the column for each field.
 *
 * @param kind kind of the table; null if the column names do not show it
 * @param columns column by field, including dates whose order of day and month is ambiguous
 */
record ColumnMapping(@Nullable SourceKind kind, Map<String, ColumnSample> columns) {
  private static final Set<String> NUMBERS =
      Set.of("units", "unit_price", "revenue", "price", "value");
  private static final Set<String> DATES = Set.of("date", "launch_date", "discontinued_on");
  private static final Set<String> FLAGS =
      Set.of(
          "true",
          "false",
          "yes",
          "no",
          "y",
          "n",
          "1",
          "0",
          "in_stock",
          "in stock",
          "out_of_stock",
          "out of stock");

  /** Chooses kind and columns by the names and values of the columns. */
  static ColumnMapping of(LookalikeFiles group) {
    Map<String, ColumnSample> trends = fields(SourceKind.TRENDS, group);
    if (trends.containsKey("keyword") && trends.containsKey("value")) {
      return new ColumnMapping(SourceKind.TRENDS, trends);
    }
    Map<String, ColumnSample> sales = fields(SourceKind.SALES, group);
    boolean dated = sales.containsKey("date");
    if (dated
        && (sales.containsKey("units")
            || sales.containsKey("order_id")
            || (sales.containsKey("revenue") && sales.containsKey("product_id")))) {
      return new ColumnMapping(SourceKind.SALES, sales);
    }
    Map<String, ColumnSample> catalog = fields(SourceKind.CATALOG, group);
    if (catalog.containsKey("product_id") && catalog.size() > 1) {
      return new ColumnMapping(SourceKind.CATALOG, catalog);
    }
    return sales.containsKey("units") && sales.containsKey("product_id")
        ? new ColumnMapping(SourceKind.SALES, sales)
        : new ColumnMapping(null, Map.of());
  }

  private static Map<String, ColumnSample> fields(SourceKind kind, LookalikeFiles group) {
    Map<String, ColumnSample> fields = new LinkedHashMap<>();
    Set<String> free = new LinkedHashSet<>(group.filled().map(ColumnSample::name).toList());
    for (String field : kind.fields()) {
      if (field.equals("revenue") && fields.containsKey("unit_price")) {
        continue;
      }
      Optional<ColumnSample> column = column(kind, field, group, free);
      column.ifPresent(
          found -> {
            fields.put(field, found);
            free.remove(found.name());
          });
    }
    return fields;
  }

  private static Optional<ColumnSample> column(
      SourceKind kind, String field, LookalikeFiles group, Set<String> free) {
    List<String> names = new ArrayList<>(FieldNames.columns(kind, field, free));
    List<String> byValue = List.of();
    if (names.isEmpty() && field.equals("date")) {
      byValue =
          group.filled().filter(c -> c.dates(false).isDate()).map(ColumnSample::name).toList();
    }
    // A single column of dates is the date, whatever its name.
    names.addAll(byValue.size() == 1 ? byValue : List.of());
    return names.stream()
        .filter(free::contains)
        .map(name -> Objects.requireNonNull(group.column(name)))
        .filter(column -> holds(field, column))
        .findFirst();
  }

  /** Returns whether the values are possible for a field. */
  private static boolean holds(String field, ColumnSample column) {
    if (NUMBERS.contains(field)) {
      return column.numbers().isPresent();
    }
    if (DATES.contains(field)) {
      return column.dates(true).isDate();
    }
    return switch (field) {
      case "in_stock" ->
          column.distinct().stream()
              .allMatch(text -> FLAGS.contains(text.toLowerCase(Locale.ROOT)));
      case "currency" ->
          column.distinct().size() == 1 && column.distinct().get(0).matches("[A-Z]{3}");
        // Every market needs settings of its own, which a file does not contain.
      case "market" -> false;
      default -> true;
    };
  }

  /** Returns the required fields that no column fills, or whose date is ambiguous. */
  List<String> missing() {
    return kind == null
        ? List.of()
        : kind.required().stream()
            .filter(field -> !columns.containsKey(field) || isOpen(field))
            .toList();
  }

  /** Returns whether a field is a date with an ambiguous order of day and month. */
  boolean isOpen(String field) {
    ColumnSample column = columns.get(field);
    return column != null && DATES.contains(field) && column.dates(true).isOpen();
  }

  static boolean isDate(String field) {
    return DATES.contains(field);
  }

  static boolean isNumber(String field) {
    return NUMBERS.contains(field);
  }
}
