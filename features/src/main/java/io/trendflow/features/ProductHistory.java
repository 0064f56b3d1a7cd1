package io.trendflow.features;

import io.trendflow.history.CatalogEntry;
import io.trendflow.history.KnownDays;
import io.trendflow.history.KnownSales;
import io.trendflow.history.KnownStock;
import io.trendflow.history.LineSums;
import io.trendflow.history.ProductState;
import io.trendflow.history.SalesRow;
import io.trendflow.history.StockLevel;
import io.trendflow.history.WorkingDays;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Row of {@link ProductHistories}: everything known about a product in a market, and when it became
 * known.
 */
record ProductHistory(
    String market,
    String productId,
    List<SalesRow> sales,
    List<CatalogEntry> entries,
    List<StockLevel> levels) {

  static ProductHistory of(Row row, FeatureSettings settings) {
    return new ProductHistory(
        row.getAs("market"),
        row.getAs("product_id"),
        KnownSales.sorted(structs(row, "sales").stream().map(ProductHistory::sale).toList()),
        structs(row, "entries").stream().map(ProductHistory::entry).toList(),
        hasLevels(row)
            ? KnownStock.sorted(
                structs(row, "levels").stream().map(level -> level(level, settings)).toList())
            : List.of());
  }

  private static boolean hasLevels(Row row) {
    return Arrays.asList(row.schema().fieldNames()).contains("levels");
  }

  private static StockLevel level(Row row, FeatureSettings settings) {
    String source = row.getString(0);
    return new StockLevel(
        source, row.getInt(1), row.getLong(2), row.getDouble(3), settings.cadenceDays(source));
  }

  /** Returns the sales known at the end of the day. */
  KnownSales sales(KnownDays days) {
    return KnownSales.at(sales, levels, days);
  }

  /**
   * Returns the product's state as known at the end of the cutoff; null if nothing was known.
   *
   * @param planned planned events of the shop
   */
  @Nullable ProductState at(
      int horizon, KnownDays days, WorkingDays workingDays, PlannedEvents planned) {
    KnownSales known = sales(days);
    CatalogEntry entry = CatalogEntry.at(entries, days.instant());
    if (entry == null && known.firstSale() == null) {
      return null;
    }
    CatalogEntry described = Objects.requireNonNullElse(entry, CatalogEntry.NONE);
    return new ProductState(
        horizon, known, described, days, workingDays, planned.of(market, productId, described));
  }

  private static List<Row> structs(Row row, String column) {
    int index = row.fieldIndex(column);
    return row.isNullAt(index) ? List.of() : row.getList(index);
  }

  private static SalesRow sale(Row row) {
    return new SalesRow(
        row.getString(0),
        row.getInt(1),
        row.getInt(2),
        row.getLong(3),
        row.getDouble(4),
        row.getDouble(5),
        row.getDouble(6),
        row.getLong(7),
        new LineSums(row.getDouble(8), row.getDouble(9), row.getDouble(10), row.getDouble(11)),
        (String) row.get(12));
  }

  private static CatalogEntry entry(Row row) {
    Map<String, String> attributes = new TreeMap<>();
    for (Row attribute : structs(row, "attributes")) {
      attributes.put(attribute.getString(0), attribute.getString(1));
    }
    return new CatalogEntry(
        row.getLong(0),
        (String) row.get(1),
        (String) row.get(2),
        (String) row.get(3),
        row.getDouble(4),
        (String) row.get(5),
        (Integer) row.get(6),
        row.getBoolean(7),
        (Integer) row.get(8),
        row.isNullAt(9) ? List.of() : row.getList(9),
        attributes);
  }
}
