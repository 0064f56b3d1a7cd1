package io.trendflow.features;

import static io.trendflow.features.ProductHistories.orNaN;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.trendflow.history.LineSums;
import io.trendflow.history.SalesRow;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Sales of a product as bytes. A table's files have the rows of a product beside each other, so
 * that a hundred rows become one before they are shuffled and sorted. Rows that are not beside each
 * other are in several packs.
 */
final class PackedSales {
  private static final StructType SCHEMA =
      new StructType()
          .add("market", DataTypes.StringType, false)
          .add("product_id", DataTypes.StringType, false)
          .add("sales", DataTypes.BinaryType, false);

  /** Most bytes of a pack: about 700 rows. */
  private static final int MOST_BYTES = 1 << 16;

  /** Bytes of a row without its texts. */
  private static final int ROW_BYTES = 4 * Integer.BYTES + 2 * Long.BYTES + 7 * Double.BYTES;

  /** Length of a text that is the same as in the row before. */
  private static final int SAME = -1;

  /** Length of a missing text. */
  private static final int MISSING = -2;

  private PackedSales() {}

  /**
   * Packs the rows of {@code sales_history.daily_sales}.
   *
   * @return columns {@code market, product_id, sales}; one or more rows for each product
   */
  static Dataset<Row> of(Dataset<Row> sales) {
    // A Row object for each row of sales would take as long as all other steps together.
    JavaRDD<Row> packs =
        sales
            .select(
                col("market"),
                col("product_id"),
                col("source"),
                col("currency"),
                expr("unix_date(sale_date)"),
                col("period_days").cast("int"),
                expr("unix_micros(available_at)"),
                coalesce(col("orders"), lit(0L)),
                col("gross_units"),
                col("return_units"),
                orNaN("gross_revenue"),
                orNaN("log_units"),
                orNaN("squared_units"),
                orNaN("capped_units"),
                orNaN("customers"))
            .queryExecution()
            .toRdd()
            .toJavaRDD()
            .mapPartitions(rows -> new PackIterator(rows));
    return sales.sparkSession().createDataFrame(packs, SCHEMA);
  }

  /** Adds the rows of a pack to a list. */
  static void unpack(byte[] pack, List<SalesRow> to) {
    ByteBuffer bytes = ByteBuffer.wrap(pack);
    String source = null;
    String currency = null;
    while (bytes.hasRemaining()) {
      source = text(bytes, source);
      currency = text(bytes, currency);
      int day = bytes.getInt();
      int days = bytes.getInt();
      long availableAt = bytes.getLong();
      long orders = bytes.getLong();
      to.add(
          new SalesRow(
              Objects.requireNonNull(source),
              day,
              days,
              availableAt,
              bytes.getDouble(),
              bytes.getDouble(),
              bytes.getDouble(),
              orders,
              new LineSums(
                  bytes.getDouble(), bytes.getDouble(), bytes.getDouble(), bytes.getDouble()),
              currency));
    }
  }

  private static @Nullable String text(ByteBuffer bytes, @Nullable String before) {
    int length = bytes.getInt();
    if (length < 0) {
      return length == SAME ? before : null;
    }
    byte[] text = new byte[length];
    bytes.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  /** Packs the consecutive rows of each product. */
  private static final class PackIterator implements Iterator<Row> {
    private final Iterator<InternalRow> rows;
    private final ByteBuffer bytes = ByteBuffer.allocate(MOST_BYTES);

    /** First row of the next pack. Spark overwrites it when the row after it is read. */
    private @Nullable InternalRow first;

    private @Nullable UTF8String source;
    private @Nullable UTF8String currency;

    private PackIterator(Iterator<InternalRow> rows) {
      this.rows = rows;
      this.first = read();
    }

    private @Nullable InternalRow read() {
      return rows.hasNext() ? rows.next() : null;
    }

    @Override
    public boolean hasNext() {
      return first != null;
    }

    @Override
    public Row next() {
      InternalRow row = first;
      if (row == null) {
        throw new NoSuchElementException();
      }
      UTF8String market = row.getUTF8String(0).copy();
      UTF8String product = row.getUTF8String(1).copy();
      bytes.clear();
      source = null;
      currency = null;
      do {
        put(row);
        row = read();
      } while (row != null
          && row.getUTF8String(1).equals(product)
          && row.getUTF8String(0).equals(market)
          && fits(row));
      first = row;
      return RowFactory.create(
          market.toString(), product.toString(), Arrays.copyOf(bytes.array(), bytes.position()));
    }

    private boolean fits(InternalRow row) {
      int texts =
          row.getUTF8String(2).numBytes() + (row.isNullAt(3) ? 0 : row.getUTF8String(3).numBytes());
      return bytes.remaining() >= ROW_BYTES + texts;
    }

    private void put(InternalRow row) {
      source = put(row.getUTF8String(2), source);
      currency = put(row.isNullAt(3) ? null : row.getUTF8String(3), currency);
      bytes.putInt(row.getInt(4)).putInt(row.getInt(5));
      bytes.putLong(row.getLong(6)).putLong(row.getLong(7));
      for (int i = 8; i < row.numFields(); i++) {
        bytes.putDouble(row.getDouble(i));
      }
    }

    /** Returns the text, which stays the same when Spark overwrites the row. */
    private @Nullable UTF8String put(@Nullable UTF8String text, @Nullable UTF8String before) {
      if (Objects.equals(text, before)) {
        bytes.putInt(SAME);
        return before;
      }
      if (text == null) {
        bytes.putInt(MISSING);
        return null;
      }
      bytes.putInt(text.numBytes()).put(text.getBytes());
      return text.copy();
    }
  }
}
