package io.trendflow.ingestion.init;

import io.trendflow.ingestion.config.SourceKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reasons to doubt that a table with products, dates and quantities has sales, or that a table with
 * ids and names is a catalogue.
 */
final class KindDoubts {
  /** Stems of words in the name of a file that has something else than sales. */
  private static final List<String> FILES =
      List.of(
          "stock",
          "inventor",
          "inventaire",
          "bestand",
          "lager",
          "warehouse",
          "entrepot",
          "supplier",
          "fournisseur",
          "lieferant",
          "purchase",
          "po",
          "achat",
          "einkauf",
          "procurement",
          "return",
          "retour",
          "retoure",
          "rma",
          "refund",
          "remboursement",
          "avoir",
          "gutschrift",
          "credit",
          "customer",
          "client",
          "kunde",
          "budget",
          "forecast",
          "prevision",
          "prognose",
          "plan",
          "target",
          "objectif",
          "cost",
          "cout",
          "kosten",
          "delivery",
          "deliveries",
          "livraison",
          "lieferung",
          "transfer",
          "shipment",
          "expedition",
          "versand",
          "reception",
          "wareneingang",
          "quote",
          "quotation",
          "devis",
          "angebot",
          "wishlist",
          "cart",
          "panier",
          "warenkorb",
          "expense",
          "depense",
          "loss",
          "waste",
          "perte",
          "replenish",
          "proveedor",
          "devolucion",
          "inventario",
          "fornitore",
          "magazzino",
          "reso",
          "resi");

  /** Stems of words in the name of a column that sales do not have. */
  private static final List<String> COLUMNS =
      List.of(
          "supplier",
          "fournisseur",
          "lieferant",
          "po",
          "budget",
          "forecast",
          "prevision",
          "prognose",
          "target",
          "objectif",
          "proveedor",
          "fornitore",
          "rma");

  /** Stems of words in the name of a column that sales have only beside a price or an order. */
  private static final List<String> BESIDE_PRICES =
      List.of(
          "stock",
          "inventor",
          "bestand",
          "lager",
          "warehouse",
          "entrepot",
          "depot",
          "cost",
          "cout",
          "kosten",
          "customer",
          "client",
          "kunde",
          "return",
          "retour",
          "refund",
          "onhand",
          "reorder",
          "received",
          "delivered",
          "reason",
          "motif",
          "grund");

  /** Stems of words of buying, which a date or a quantity of sales may have as well. */
  private static final List<String> BUYING = List.of("purchase", "achat", "einkauf");

  /** Stems of words in the name of an amount that only sales have. */
  private static final List<String> OF_SALES =
      List.of("sales", "revenue", "turnover", "ventes", "umsatz", "erlos", "ingreso", "ricav");

  /** Stems of words in the name of a file that has people instead of products. */
  private static final List<String> PEOPLE_FILES =
      List.of("customer", "client", "kunde", "supplier", "fournisseur", "lieferant", "employee");

  /** Stems of words in the name of a column that people have and products do not. */
  private static final List<String> PEOPLE_COLUMNS =
      List.of("email", "mail", "phone", "telephone", "telefon", "address", "adresse");

  private KindDoubts() {}

  /** Returns why the kind of a table is a question; empty if it is not. */
  static Optional<String> of(
      List<String> files,
      LookalikeFiles group,
      SourceKind kind,
      Map<String, ColumnSample> columns) {
    return switch (kind) {
      case TRENDS, STOCK, CALENDAR -> Optional.empty();
      case SALES -> ofSales(files, group, columns);
      case CATALOG -> ofCatalog(files, group);
    };
  }

  private static Optional<String> ofSales(
      List<String> files, LookalikeFiles group, Map<String, ColumnSample> columns) {
    boolean sold =
        columns.containsKey("unit_price")
            || (columns.containsKey("revenue")
                && (columns.containsKey("order_id") || isOfSales(columns.get("revenue"))));
    Set<String> used =
        columns.values().stream().map(ColumnSample::name).collect(Collectors.toSet());
    return named(files, FILES)
        .or(() -> headed(group, COLUMNS, Set.of()))
        .or(() -> sold ? Optional.empty() : headed(group, BESIDE_PRICES, Set.of()))
        .or(() -> sold ? Optional.empty() : headed(group, BUYING, used))
        .map(
            word ->
                word
                    + " does not sound like sales to customers: its units would be added to the"
                    + " sales. Uncomment the source only if every line is a sale");
  }

  private static boolean isOfSales(@Nullable ColumnSample revenue) {
    return revenue != null && NameWords.first(revenue.name(), OF_SALES).isPresent();
  }

  private static Optional<String> ofCatalog(List<String> files, LookalikeFiles group) {
    return named(files, PEOPLE_FILES)
        .or(() -> headed(group, PEOPLE_COLUMNS, Set.of()))
        .map(
            word ->
                word
                    + " does not sound like a list of products. Uncomment the source only if every"
                    + " line is a product");
  }

  private static Optional<String> named(List<String> files, List<String> stems) {
    return files.stream()
        .flatMap(file -> NameWords.first(file, stems).stream())
        .findFirst()
        .map(word -> "the word " + word + " in the name of the file");
  }

  private static Optional<String> headed(
      LookalikeFiles group, List<String> stems, Set<String> except) {
    return group
        .filled()
        .filter(column -> !except.contains(column.name()))
        .flatMap(
            column ->
                NameWords.first(column.name(), stems).isPresent()
                    ? Stream.of(column.name())
                    : Stream.empty())
        .findFirst()
        .map(name -> "the column " + YamlText.shortened(name));
  }
}
