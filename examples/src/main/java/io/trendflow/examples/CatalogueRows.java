package io.trendflow.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

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

  /** Columns of a shop with supply. */
  static final List<String> WITH_TERMS =
      Stream.concat(
              COLUMNS.stream(),
              Stream.of("unit_cost", "lead_time_days", "moq", "pack_size", "supplier"))
          .toList();

  private CatalogueRows() {}

  static List<String> columns(RetailSettings settings) {
    return settings.supply() ? WITH_TERMS : COLUMNS;
  }

  static List<CsvRow> of(RetailSettings settings, List<ProductPlan> products) {
    return products.stream()
        .flatMap(
            product ->
                product.markets().stream()
                    .map(market -> row(product, market))
                    .map(row -> settings.supply() ? withTerms(settings, product, row) : row))
        .toList();
  }

  /** Adds costs of 40 to 70 % of the price, and what the supplier of the brand asks for. */
  private static CsvRow withTerms(RetailSettings settings, ProductPlan product, CsvRow row) {
    RandomDraws draws =
        RandomDraws.of(settings.seed(), RandomDraws.Stream.SUPPLY, product.index(), "terms");
    double price = Double.parseDouble(row.values().get(COLUMNS.indexOf("price")));
    int pack = draws.pick(List.of(1, 6, 12));
    List<String> values = new ArrayList<>(row.values());
    values.add(String.format(Locale.ROOT, "%.2f", price * draws.uniform(0.4, 0.7)));
    values.add(Integer.toString(7 * draws.between(1, 6)));
    values.add(Integer.toString(pack * draws.between(1, 4)));
    values.add(Integer.toString(pack));
    values.add(product.brand() + " Ltd");
    return new CsvRow(WITH_TERMS, values);
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
