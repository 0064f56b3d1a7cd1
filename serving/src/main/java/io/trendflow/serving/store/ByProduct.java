package io.trendflow.serving.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rows by product and market, at most one for each pair, sorted by product_id, then market, as
 * UTF-8 bytes. Rows are numbered from 0.
 */
public final class ByProduct<R extends Record & ProductKeyed> {
  private final PackedRecords<R> rows;
  private final PackedColumn productIds;
  private final PackedColumn markets;

  public ByProduct(Class<R> type) {
    rows = new PackedRecords<>(type);
    productIds = rows.column("productId", PackedColumn.class);
    markets = rows.column("market", PackedColumn.class);
  }

  /**
   * Appends a row.
   *
   * @throws IllegalArgumentException if the row does not come after the last one in the order
   */
  public void add(R row) {
    if (rows.size() > 0) {
      int order = compare(rows.size() - 1, row.productId(), row.market());
      if (order == 0) {
        throw new IllegalArgumentException(
            "product " + row.productId() + " has two rows in market " + row.market());
      }
      if (order > 0) {
        throw new IllegalArgumentException(
            "rows are not sorted by product_id and market: found product "
                + row.productId()
                + " after "
                + text(productIds, rows.size() - 1));
      }
    }
    rows.add(row);
  }

  /** Releases spare memory after the last row. */
  public void end() {
    rows.trim();
  }

  public PackedRecords<R> rows() {
    return rows;
  }

  /** Returns the rows of a product, ordered by market. */
  public List<R> of(String productId) {
    int from = firstFrom(productId, "");
    int to = from;
    while (isOf(to, productId)) {
      to++;
    }
    return rows.subList(from, to);
  }

  /** Returns whether there is a row of this number, and it is of a product. */
  public boolean isOf(int row, String productId) {
    return row < rows.size() && productId.equals(productIds.get(row));
  }

  /** Returns whether there is a row of a product in a market. */
  public boolean has(String productId, String market) {
    int row = firstFrom(productId, market);
    return row < rows.size() && compare(row, productId, market) == 0;
  }

  /** Returns the row of a product in a market; null if there is none. */
  public @Nullable R of(String productId, String market) {
    int row = firstFrom(productId, market);
    return row < rows.size() && compare(row, productId, market) == 0 ? rows.get(row) : null;
  }

  /** Returns the first row at or after the place of a product and market. */
  public int firstFrom(String productId, String market) {
    int low = 0;
    int high = rows.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (compare(middle, productId, market) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Compares a row with the place of a product and market; negative if the row is before it. */
  public int compare(int row, String productId, String market) {
    int order = compare(text(productIds, row), productId);
    return order != 0 ? order : compare(text(markets, row), market);
  }

  private static String text(PackedColumn column, int row) {
    return Objects.requireNonNull((String) column.get(row));
  }

  /** Compares texts by their UTF-8 bytes, which is the order of the code points. */
  static int compare(String a, String b) {
    return Arrays.compareUnsigned(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }
}
