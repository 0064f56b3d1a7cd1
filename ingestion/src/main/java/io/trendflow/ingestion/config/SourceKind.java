package io.trendflow.ingestion.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Kind of a source's records, which defines the fields that they can fill. */
public enum SourceKind {
  /** Sales lines or sales totals, which become {@code sales_history.daily_sales}. */
  @JsonProperty("sales")
  SALES(
      List.of("product_id", "date", "units"),
      List.of(
          "unit_price",
          "revenue",
          "order_id",
          "customer_id",
          "name",
          "category",
          "brand",
          "market",
          "currency"),
      List.of("date")),
  /** Descriptions of products, which become {@code new_product.catalog}. */
  @JsonProperty("catalog")
  CATALOG(
      List.of("product_id"),
      List.of(
          "name",
          "category",
          "brand",
          "price",
          "currency",
          "launch_date",
          "discontinued_on",
          "in_stock",
          "on_hand",
          "market",
          "unit_cost",
          "lead_time_days",
          "moq",
          "pack_size",
          "supplier",
          "salvage_rate",
          "image_url",
          "url"),
      List.of("launch_date", "discontinued_on")),
  /** Values of trend metrics over time, which become {@code trend.signals}. */
  @JsonProperty("trends")
  TRENDS(List.of("keyword", "value"), List.of("date", "geo", "metric"), List.of("date")),
  /** Stock of products over time, which becomes {@code sales_history.stock_levels}. */
  @JsonProperty("stock")
  STOCK(
      List.of("product_id"),
      List.of("date", "on_hand", "in_stock", "on_order", "next_arrival", "market"),
      List.of("date", "next_arrival")),
  /** Planned promotions, prices and campaigns, which become {@code new_product.calendar}. */
  @JsonProperty("calendar")
  CALENDAR(
      List.of("starts_on", "ends_on", "kind"),
      List.of("scope", "subject", "depth", "planned_on", "market"),
      List.of("starts_on", "ends_on", "planned_on"));

  private final List<String> required;
  private final List<String> optional;
  private final List<String> dates;

  SourceKind(List<String> required, List<String> optional, List<String> dates) {
    this.required = required;
    this.optional = optional;
    this.dates = dates;
  }

  /** Returns the fields that need a column or a constant. */
  public List<String> required() {
    return required;
  }

  /** Returns all fields of the kind, the required ones first. */
  public List<String> fields() {
    return Stream.concat(required.stream(), optional.stream()).toList();
  }

  /** Returns whether a field is a date and can have a format. */
  boolean isDate(String field) {
    return dates.contains(field);
  }

  /** Returns whether a record may be about every market: {@code market} is then {@code all}. */
  public boolean holdsForEveryMarket() {
    return this == CATALOG || this == STOCK || this == CALENDAR;
  }

  /** Returns the name in the configuration and in the tables. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
