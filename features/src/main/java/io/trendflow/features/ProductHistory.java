package io.trendflow.features;

import io.trendflow.history.CatalogEntry;
import io.trendflow.history.KnownDays;
import io.trendflow.history.KnownSales;
import io.trendflow.history.KnownStock;
import io.trendflow.history.ProductState;
import io.trendflow.history.SalesRow;
import io.trendflow.history.StockLevel;
import io.trendflow.history.WorkingDays;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Everything known about a product in a market, and when it became known. */
record ProductHistory(
    String market,
    String productId,
    List<SalesRow> sales,
    List<CatalogEntry> entries,
    List<StockLevel> levels) {
  private static final int SALES = 2;
  private static final int ENTRY = 3;
  private static final int LEVEL = 4;

  /**
   * Collects the history of a product.
   *
   * @param key market and product id
   * @param rows the product's rows of {@link ProductHistories}, in any order; none if nothing is
   *     known
   */
  static ProductHistory of(Row key, Iterator<Row> rows, FeatureSettings settings) {
    List<SalesRow> sales = new ArrayList<>();
    List<CatalogEntry> entries = new ArrayList<>();
    List<StockLevel> levels = new ArrayList<>();
    while (rows.hasNext()) {
      Row row = rows.next();
      if (!row.isNullAt(SALES)) {
        PackedSales.unpack((byte[]) row.get(SALES), sales);
      } else if (!row.isNullAt(ENTRY)) {
        entries.add(entry(row.getStruct(ENTRY)));
      } else {
        levels.add(level(row.getStruct(LEVEL), settings));
      }
    }
    // Stock alone makes no product.
    boolean known = !sales.isEmpty() || !entries.isEmpty();
    return new ProductHistory(
        key.getString(0),
        key.getString(1),
        KnownSales.sorted(sales),
        entries,
        known ? KnownStock.sorted(levels) : List.of());
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

  private static CatalogEntry entry(Row row) {
    Map<String, String> attributes = new TreeMap<>();
    List<Row> given = row.isNullAt(10) ? List.of() : row.getList(10);
    for (Row attribute : given) {
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
