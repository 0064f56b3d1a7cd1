package io.trendflow.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/** Writes the raw export files, odd records included. */
final class RawFileWriter {
  /**
   * Share of the orders' records with each kind of dirt; all defects together stay well below 1 %.
   */
  private static final double ORDER_DIRT = 0.0002;

  private static final double CATALOGUE_DIRT = 0.01;
  private static final double TREND_DIRT = 0.0001;

  private final Path raw;
  private final RetailSettings settings;
  private final List<PlantedDirt> manifest = new ArrayList<>();

  RawFileWriter(Path raw, RetailSettings settings) {
    this.raw = raw;
    this.settings = settings;
  }

  /** Returns the numbers of odd records in the files written until now. */
  List<PlantedDirt> manifest() {
    return manifest;
  }

  void writeOrders(List<OrderLine> lines) throws IOException {
    RecordDefects dirt = plant("orders", DirtKind.ofOrders(), lines.size(), ORDER_DIRT);
    for (int from = 0; from < lines.size(); ) {
      YearMonth month = month(lines.get(from));
      try (CsvFileWriter file =
          new CsvFileWriter(raw.resolve("orders/" + month + ".csv.gz"), OrderLine.COLUMNS)) {
        for (; from < lines.size() && month(lines.get(from)).equals(month); from++) {
          file.write(dirt.apply(from, lines.get(from).row()));
        }
      }
    }
  }

  void writeCatalogue(List<ProductPlan> products) throws IOException {
    List<CsvRow> rows = CatalogueRows.of(settings, products);
    RecordDefects dirt = plant("catalogue", DirtKind.ofCatalogue(), rows.size(), CATALOGUE_DIRT);
    try (CsvFileWriter file =
        new CsvFileWriter(raw.resolve("catalogue/products.csv"), CatalogueRows.columns(settings))) {
      for (int number = 0; number < rows.size(); number++) {
        file.write(dirt.apply(number, rows.get(number)));
      }
    }
  }

  /** Writes the stock and what is planned; a shop without supply has files without records. */
  void writeSupply(List<ProductPlan> products) throws IOException {
    try (CsvFileWriter file =
        new CsvFileWriter(raw.resolve("stock/levels.csv.gz"), StockReport.COLUMNS)) {
      for (ProductPlan product : settings.supply() ? products : List.<ProductPlan>of()) {
        for (ShopMarket market : product.markets()) {
          file.write(StockReport.of(settings, product, market));
        }
      }
    }
    try (CsvFileWriter file =
        new CsvFileWriter(raw.resolve("calendar/plans.csv"), List.of(PlannedPrice.COLUMNS))) {
      for (ProductPlan product : settings.supply() ? products : List.<ProductPlan>of()) {
        for (PlannedPrice price : PricePromotions.draw(settings, product).planned()) {
          file.writeValues(price.values(product));
        }
      }
    }
  }

  void writeTrends(TrendSource source, List<TrendKeyword> keywords) throws IOException {
    List<TrendKeyword> decoys = keywords.stream().filter(TrendKeyword::isDecoy).toList();
    List<TrendKeyword> declared = keywords.stream().filter(k -> !k.isDecoy()).toList();
    for (ShopMarket market : ShopMarket.values()) {
      String name = source.folder + "/" + market.geo + ".csv";
      try (CsvFileWriter file = new CsvFileWriter(raw.resolve(name), TrendRows.COLUMNS)) {
        for (TrendKeyword keyword : declared) {
          file.write(TrendRows.of(settings, source, keyword, market));
        }
        file.write(decoyRows(source, decoys, market));
      }
    }
  }

  private List<CsvRow> decoyRows(TrendSource source, List<TrendKeyword> decoys, ShopMarket market) {
    List<CsvRow> clean =
        decoys.stream().flatMap(k -> TrendRows.of(settings, source, k, market).stream()).toList();
    if (source != TrendSource.GOOGLE_TRENDS || market != ShopMarket.UK) {
      return clean;
    }
    RecordDefects dirt =
        plant(source.folder, List.of(DirtKind.LESS_THAN_ONE), clean.size(), TREND_DIRT);
    List<CsvRow> rows = new ArrayList<>();
    for (int number = 0; number < clean.size(); number++) {
      rows.addAll(dirt.apply(number, clean.get(number)));
    }
    return rows;
  }

  private RecordDefects plant(String source, List<DirtKind> kinds, int records, double share) {
    RandomDraws draws = RandomDraws.of(settings.seed(), RandomDraws.Stream.DIRT, 0, source);
    RecordDefects dirt = RecordDefects.plant(source, kinds, records, share, draws);
    manifest.addAll(dirt.manifest());
    return dirt;
  }

  private static YearMonth month(OrderLine line) {
    return YearMonth.from(LocalDate.ofEpochDay(line.sale().day()));
  }
}
