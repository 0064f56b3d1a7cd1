package io.trendflow.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.ingestion.config.SourceKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Random Parquet tables with all supported column types are read as they were written. */
class ParquetFuzzTest {
  private static final String SOURCE =
      """
      {kind: 'sales', files: '*', format: 'parquet', constants: {market: 'fr'},
       columns: {product_id: 'sku', date: 'day', units: 'qty', unit_price: 'price'}}""";
  private static final LocalDateTime FIRST = LocalDateTime.of(1990, 1, 2, 0, 0);

  @Property
  void tablesAreReadAsTheyWereWritten(@ForAll("tables") ParquetTable table) {
    assertThat(
            TemporaryRaw.outcomes(
                TemporaryRaw.rows(SOURCE, "table.parquet", table::write),
                SourceKind.SALES,
                "product_id day units amount"))
        .isEqualTo(table.rows().stream().map(row -> outcome(table, row)).toList());
  }

  @Provide
  Arbitrary<ParquetTable> tables() {
    return Combinators.combine(
            Arbitraries.of(ParquetTable.Day.class),
            Arbitraries.of(ParquetTable.Amount.class),
            Arbitraries.of(ParquetTable.Amount.class),
            Arbitraries.of(
                CompressionCodecName.UNCOMPRESSED,
                CompressionCodecName.SNAPPY,
                CompressionCodecName.GZIP,
                CompressionCodecName.ZSTD))
        .flatAs(
            (day, qty, price, codec) ->
                rows(qty, price)
                    .list()
                    .ofMaxSize(30)
                    .map(rows -> new ParquetTable(day, qty, price, codec, rows)));
  }

  private static Arbitrary<List<?>> rows(ParquetTable.Amount qty, ParquetTable.Amount price) {
    return Combinators.combine(
            Cells.texts().injectNull(0.1),
            Arbitraries.integers()
                .between(0, 18_080_000)
                .map(minutes -> FIRST.plusMinutes(minutes))
                .injectNull(0.05),
            numbers(qty, -100_000_000).injectNull(0.05),
            numbers(price, -300_000).injectNull(0.1))
        .as((a, b, c, d) -> Arrays.asList(a, b, c, d));
  }

  /** Returns halves, which all types can represent that are not limited to whole numbers. */
  private static Arbitrary<BigDecimal> numbers(ParquetTable.Amount type, long least) {
    return Arbitraries.longs()
        .between(least, 3_000_000)
        .map(
            number ->
                type.whole()
                    ? BigDecimal.valueOf(number % 30_000)
                    : BigDecimal.valueOf(number % 3_000_000 * 5, 1));
  }

  private static Object outcome(ParquetTable table, List<?> row) {
    String sku = row.get(0) instanceof String text ? text.strip() : "";
    if (sku.isEmpty() || row.get(1) == null || row.get(2) == null) {
      return "rejected missing_value";
    }
    BigDecimal price = row.get(3) instanceof BigDecimal number ? number : null;
    if (price != null && price.signum() < 0) {
      return "rejected out_of_range";
    }
    BigDecimal units = (BigDecimal) row.get(2);
    LocalDateTime time = (LocalDateTime) row.get(1);
    return Arrays.asList(
        sku,
        switch (table.day()) {
          case TEXT, DATE, LOCAL -> time.toLocalDate();
          default ->
              time.atZone(ZoneOffset.UTC)
                  .withZoneSameInstant(ZoneId.of("Europe/Paris"))
                  .toLocalDate();
        },
        units.doubleValue(),
        price == null ? null : price.multiply(units.abs()).setScale(9, RoundingMode.HALF_UP));
  }
}
