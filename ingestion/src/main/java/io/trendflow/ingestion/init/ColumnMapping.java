package io.trendflow.ingestion.init;

import io.trendflow.ingestion.config.FieldNames;
import io.trendflow.ingestion.config.SourceKind;
import io.trendflow.ingestion.config.UnpivotConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Guessed kind of a table, and the column for each field.
 *
 * @param kind kind of the table; null if the columns do not show it
 * @param columns column by field
 * @param open columns that may fill a field, by the field
 * @param questions further decisions about the columns, whose guess is in use
 * @param reason why the kind is not known, or is a question; empty if there is nothing to say
 */
record ColumnMapping(
    @Nullable SourceKind kind,
    Map<String, ColumnSample> columns,
    Map<String, OpenField> open,
    List<DraftQuestion> questions,
    String reason) {
  private static final Set<String> NUMBERS =
      Set.of(
          "units",
          "unit_price",
          "revenue",
          "price",
          "value",
          "unit_cost",
          "lead_time_days",
          "moq",
          "pack_size",
          "salvage_rate",
          "on_hand",
          "on_order",
          "depth");
  private static final Set<String> DATES =
      Set.of(
          "date",
          "launch_date",
          "discontinued_on",
          "next_arrival",
          "starts_on",
          "ends_on",
          "planned_on");

  /** Share of the ids of a catalogue that must be different. */
  private static final double DIFFERENT = 0.9;

  /** Returns a mapping without columns. */
  static ColumnMapping none(String reason) {
    return new ColumnMapping(null, Map.of(), Map.of(), List.of(), reason);
  }

  /** Chooses kind and columns by the names and values of the columns. */
  static ColumnMapping of(LookalikeFiles group) {
    FieldSearch trends = FieldSearch.of(SourceKind.TRENDS, group);
    if (trends.has("keyword") && trends.has("value") && !trends.isGuessed("value")) {
      return mapping(SourceKind.TRENDS, trends, List.of());
    }
    FieldSearch calendar = FieldSearch.of(SourceKind.CALENDAR, group);
    if (calendar.has("starts_on") && calendar.has("ends_on") && calendar.has("kind")) {
      return mapping(SourceKind.CALENDAR, calendar, List.of());
    }
    FieldSearch sales = FieldSearch.of(SourceKind.SALES, group);
    FieldSearch stock = FieldSearch.of(SourceKind.STOCK, group);
    if (isStock(stock, sales)) {
      return mapping(SourceKind.STOCK, stock, List.of());
    }
    boolean counted = sales.has("units");
    boolean dated = sales.has("date");
    boolean sold =
        dated
            ? counted || sales.has("order_id") || (sales.has("revenue") && sales.has("product_id"))
            : counted && sales.has("product_id") && (sales.has("order_id") || repeats(sales));
    if (sold && (counted || sales.has("product_id") || sales.has("order_id"))) {
      List<DraftQuestion> money = MoneyColumns.choose(group, sales.columns());
      return mapping(SourceKind.SALES, sales.withAmbiguousSales(), money);
    }
    FieldSearch catalog = FieldSearch.of(SourceKind.CATALOG, group);
    if (catalog.has("product_id") && catalog.size() > 1) {
      return repeats(catalog)
          ? none(
              "its column "
                  + YamlText.shortened(catalog.name("product_id"))
                  + " repeats the same ids, so it is not a catalogue, and it has no "
                  + (dated ? "units" : "dates of sales"))
          : mapping(SourceKind.CATALOG, catalog, List.of());
    }
    if (counted && sales.has("product_id")) {
      List<DraftQuestion> money = MoneyColumns.choose(group, sales.columns());
      return mapping(SourceKind.SALES, sales, money);
    }
    return none(missing(group, sales));
  }

  /** Returns whether a table has stock by day, and neither prices nor orders as sales have. */
  private static boolean isStock(FieldSearch stock, FieldSearch sales) {
    return stock.has("product_id")
        && stock.has("date")
        && stock.has("on_hand")
        && !stock.isGuessed("date")
        && !sales.has("units")
        && !sales.has("unit_price")
        && !sales.has("revenue")
        && !sales.has("order_id");
  }

  /** Chooses the columns of a table whose headings are dates; its cells are units or interest. */
  static ColumnMapping ofCells(LookalikeFiles table, UnpivotConfig cells) {
    FieldSearch trends = FieldSearch.of(SourceKind.TRENDS, table);
    SourceKind kind =
        trends.columns().containsKey("keyword") ? SourceKind.TRENDS : SourceKind.SALES;
    FieldSearch found = kind == SourceKind.TRENDS ? trends : FieldSearch.of(kind, table);
    found.force("date", table.required(cells.name()));
    found.force(kind == SourceKind.TRENDS ? "value" : "units", table.required(cells.value()));
    if (kind == SourceKind.SALES) {
      // A price or a total beside the cells belongs to all dates together.
      List.of("unit_price", "revenue", "order_id").forEach(found::drop);
    }
    return mapping(kind, found, List.of());
  }

  private static ColumnMapping mapping(
      SourceKind kind, FieldSearch found, List<DraftQuestion> questions) {
    List<DraftQuestion> all = new ArrayList<>(found.questions());
    all.addAll(questions);
    return new ColumnMapping(kind, found.columns(), found.open(), List.copyOf(all), "");
  }

  /** Returns whether the ids of a table repeat, which those of a catalogue do not. */
  private static boolean repeats(FieldSearch found) {
    ColumnSample id = found.columns().get("product_id");
    if (id == null || id.values().size() < 3) {
      return false;
    }
    return new HashSet<>(id.values()).size() < DIFFERENT * id.values().size();
  }

  private static String missing(LookalikeFiles group, FieldSearch sales) {
    Optional<String> numbered = NumberedColumns.sentence(group);
    if (numbered.isPresent()) {
      return numbered.get();
    }
    if (sales.has("date") && sales.has("revenue")) {
      return "it has dates ("
          + YamlText.shortened(sales.name("date"))
          + ") and amounts ("
          + YamlText.shortened(sales.name("revenue"))
          + "), but no column that names the product";
    }
    return "its column names do not show what it is: " + YamlText.names(group.shape().columns());
  }

  /** Returns the questions of all fields, and those about the guesses in use. */
  List<DraftQuestion> decisions() {
    List<DraftQuestion> all = new ArrayList<>();
    if (kind == null) {
      return all;
    }
    for (String field : kind.fields()) {
      OpenField undecided = open.get(field);
      if (undecided != null) {
        all.add(new DraftQuestion(field, undecided.why()));
      } else if (kind.required().contains(field) && !columns.containsKey(field)) {
        all.add(new DraftQuestion(field, "no column was found; the file lists the unused columns"));
      }
    }
    all.addAll(questions);
    return all;
  }

  static boolean isDate(String field) {
    return DATES.contains(field);
  }

  static boolean isNumber(String field) {
    return NUMBERS.contains(field);
  }

  /** Returns every column that fills a field or may do so. */
  Map<String, ColumnSample> used() {
    Map<String, ColumnSample> used = new LinkedHashMap<>(columns);
    open.forEach((field, undecided) -> used.putIfAbsent(field, undecided.column()));
    return used;
  }

  /** Returns whether the name of a column is known for a field. */
  static boolean isNamed(SourceKind kind, String field, ColumnSample column) {
    return !FieldNames.columns(kind, field, List.of(column.name())).isEmpty();
  }
}
