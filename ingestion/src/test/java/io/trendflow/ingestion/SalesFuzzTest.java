package io.trendflow.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.ingestion.config.SourceKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Random tables of sales in every text format are read as they were written. */
class SalesFuzzTest {
  private static final List<String> HEADER =
      List.of("order", "sku", "day", "qty", "price", "shop", "title", "state");
  private static final int SKU = 1;
  private static final int DAY = 2;
  private static final int QTY = 3;
  private static final int PRICE = 4;
  private static final int SHOP = 5;
  private static final int STATE = 7;

  private static final String VALUES =
      "market product_id day units amount currency order_id name available_at";

  /** File of sales: its layout, and its lines, some with a wrong number of cells. */
  record Sales(Layout layout, NumberStyle numbers, DateStyle dates, List<List<Cell>> lines) {
    String source() {
      String units = "{column: 'qty'" + numbers.keys() + "}";
      String price = "{column: 'price'" + numbers.keys() + "}";
      return """
             {kind: 'sales', files: '*', format: %s,
              columns: {product_id: 'sku', date: {column: 'day'%s}, units: %s, unit_price: %s,
                        order_id: 'order', market: 'shop', name: 'title'},
              filters: [{rule: 'cancelled', column: 'state', drop_matching: '(?i)void'}]}"""
          .formatted(layout.config(), dates.key(), units, price);
    }

    List<Object> outcomes() {
      return TemporaryRaw.outcomes(layout, HEADER, lines, source(), SourceKind.SALES, VALUES);
    }
  }

  @Property
  void cleanSalesAreReadAsTheyWereWritten(@ForAll("clean") Sales sales) {
    assertThat(sales.outcomes())
        .isEqualTo(sales.lines().stream().map(SalesFuzzTest::accepted).toList());
  }

  @Property
  void dirtIsCountedAndTheRestIsRead(@ForAll("dirty") Sales sales) {
    assertThat(sales.outcomes())
        .isEqualTo(sales.lines().stream().map(SalesFuzzTest::outcome).toList());
  }

  @Provide
  Arbitrary<Sales> clean() {
    return sales(false);
  }

  @Provide
  Arbitrary<Sales> dirty() {
    return sales(true);
  }

  private static Arbitrary<Sales> sales(boolean dirt) {
    Arbitrary<NumberStyle> numbers =
        Arbitraries.of(
            new NumberStyle(".", ""),
            new NumberStyle(".", ","),
            new NumberStyle(".", " "),
            new NumberStyle(",", ""),
            new NumberStyle(",", "."),
            new NumberStyle(",", "\u00a0"));
    return Combinators.combine(Layout.ofTables(), numbers, Arbitraries.of(DateStyle.class))
        .flatAs(
            (layout, style, dates) ->
                lines(layout, style, dates, dirt)
                    .list()
                    .ofMaxSize(8)
                    .map(lines -> new Sales(layout, style, dates, lines)));
  }

  private static Arbitrary<List<Cell>> lines(
      Layout layout, NumberStyle style, DateStyle dates, boolean dirt) {
    Arbitrary<Cell> texts = Cells.texts(layout);
    Arbitrary<Cell> products =
        dirt ? texts.map(Cell::needed) : texts.filter(cell -> cell.value() != null);
    Arbitrary<Cell> units =
        Cells.mixed(dirt, Cells.numbers(style, -1_000_000_000L), Cells.badNumbers());
    Arbitrary<Cell> prices =
        Arbitraries.oneOf(
            Cells.mixed(dirt, Cells.numbers(style, 0), Cells.badNumbers()),
            Arbitraries.of("", " ").map(Cell::text));
    Arbitrary<Cell> days = Cells.mixed(dirt, Cells.dates(dates), Cells.badDates(dates));
    Arbitrary<Cell> states =
        Arbitraries.of(dirt ? List.of("", "paid", " Void") : List.of("paid")).map(Cell::text);
    Arbitrary<List<Cell>> lines =
        Combinators.combine(
                texts, products, days, units, prices, Cells.markets(dirt), texts, states)
            .as((a, b, c, d, e, f, g, h) -> List.of(a, b, c, d, e, f, g, h));
    return dirt ? Cells.miscounted(layout, lines) : lines;
  }

  /**
   * Returns the expected outcome of a line, which is decided by the field that is checked first.
   */
  private static Object outcome(List<Cell> line) {
    if (line.size() != HEADER.size()) {
      return "rejected column_count";
    }
    if ("void".equals(line.get(STATE).written().strip().toLowerCase(Locale.ROOT))) {
      return "excluded cancelled";
    }
    return Cells.rejection(line, SHOP, SKU, DAY, QTY, PRICE).orElseGet(() -> accepted(line));
  }

  private static Object accepted(List<Cell> line) {
    String market = String.valueOf(line.get(SHOP).value());
    LocalDate day = Objects.requireNonNull(Cells.day(market, line.get(DAY).value()));
    BigDecimal units = (BigDecimal) Objects.requireNonNull(line.get(QTY).value());
    BigDecimal price = (BigDecimal) line.get(PRICE).value();
    return Arrays.asList(
        market,
        line.get(SKU).value(),
        day,
        units.doubleValue(),
        price == null ? null : price.multiply(units.abs()).setScale(9, RoundingMode.HALF_UP),
        Cells.currency(market),
        line.get(0).value(),
        line.get(6).value(),
        Instant.parse(day.plusDays(1) + "T00:00:00Z"));
  }
}
