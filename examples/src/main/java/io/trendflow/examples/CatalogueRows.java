package io.trendflow.examples;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Rows of the exported catalogue: one row per product and market that sells it. */
final class CatalogueRows {
  static final List<String> COLUMNS =
      List.of(
          "id",
          "market",
          "title",
          "category",
          "brand",
          "price",
          "currency",
          "launch_date",
          "discontinued_on",
          "keywords",
          "colour",
          "material");

  private CatalogueRows() {}

  static List<CsvRow> of(List<ProductPlan> products) {
    return products.stream()
        .flatMap(product -> product.markets().stream().map(market -> row(product, market)))
        .toList();
  }

  private static CsvRow row(ProductPlan product, ShopMarket market) {
    return new CsvRow(
        COLUMNS,
        List.of(
            product.id(),
            market.label(),
            product.title(),
            product.category().name(),
            product.brand(),
            String.format(Locale.ROOT, "%.2f", product.listPrice(market)),
            market.currency,
            product.launchDate().toString(),
            Objects.toString(product.discontinuedOn(), ""),
            Objects.toString(product.keyword(), ""),
            product.colour(),
            product.material()));
  }
}
