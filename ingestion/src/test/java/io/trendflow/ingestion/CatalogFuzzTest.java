package io.trendflow.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.ingestion.clean.RejectReason;
import io.trendflow.ingestion.config.SourceKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.spark.sql.RowFactory;

/** Random lists of products in every text format are read as they were written. */
class CatalogFuzzTest {
  private static final List<String> HEADER =
      List.of("id", "shop", "title", "price", "launch", "stock", "terms", "colour");
  private static final int ID = 0;
  private static final int SHOP = 1;
  private static final int PRICE = 3;
  private static final int LAUNCH = 4;
  private static final int STOCK = 5;

  private static final String VALUES =
      "market product_id name price currency launch_date in_stock keywords attributes available_at";

  /** File of products: its layout, and its lines, some with a wrong number of cells. */
  record Products(Layout layout, DateStyle dates, List<List<Cell>> lines) {
    String source() {
      return """
             {kind: 'catalog', files: '*', format: %s,
              columns: {product_id: 'id', market: 'shop', name: 'title', price: 'price',
                        launch_date: {column: 'launch'%s}, in_stock: 'stock'},
              keywords: ['terms'], attributes: ['colour']}"""
          .formatted(layout.config(), dates.key());
    }

    List<Object> outcomes() {
      return TemporaryRaw.outcomes(layout, HEADER, lines, source(), SourceKind.CATALOG, VALUES);
    }
  }

  @Property
  void cleanProductsAreReadAsTheyWereWritten(@ForAll("clean") Products products) {
    assertThat(products.outcomes())
        .isEqualTo(products.lines().stream().map(CatalogFuzzTest::accepted).toList());
  }

  @Property
  void dirtIsCountedAndTheRestIsRead(@ForAll("dirty") Products products) {
    assertThat(products.outcomes())
        .isEqualTo(products.lines().stream().map(CatalogFuzzTest::outcome).toList());
  }

  @Provide
  Arbitrary<Products> clean() {
    return products(false);
  }

  @Provide
  Arbitrary<Products> dirty() {
    return products(true);
  }

  private static Arbitrary<Products> products(boolean dirt) {
    return Combinators.combine(Layout.ofTables(), Arbitraries.of(DateStyle.class))
        .flatAs(
            (layout, dates) ->
                lines(layout, dates, dirt)
                    .list()
                    .ofMaxSize(8)
                    .map(lines -> new Products(layout, dates, lines)));
  }

  private static Arbitrary<List<Cell>> lines(Layout layout, DateStyle dates, boolean dirt) {
    Arbitrary<Cell> texts = Cells.texts(layout);
    Arbitrary<Cell> ids =
        dirt ? texts.map(Cell::needed) : texts.filter(cell -> cell.value() != null);
    Arbitrary<Cell> prices =
        Arbitraries.oneOf(
            Cells.mixed(dirt, Cells.numbers(new NumberStyle(".", ""), 0), badPrices()),
            Arbitraries.of("", " ").map(Cell::text));
    Arbitrary<Cell> launches =
        Arbitraries.oneOf(
            Cells.mixed(dirt, Cells.dates(dates), badLaunches(dates)),
            Arbitraries.of("", " ").map(Cell::text));
    Arbitrary<Cell> stocks = Cells.mixed(dirt, stocks(), badStocks());
    Arbitrary<List<Cell>> lines =
        Combinators.combine(
                ids, Cells.markets(dirt), texts, prices, launches, stocks, terms(), texts)
            .as((a, b, c, d, e, f, g, h) -> List.of(a, b, c, d, e, f, g, h));
    return dirt ? Cells.miscounted(layout, lines) : lines;
  }

  private static Arbitrary<Cell> badPrices() {
    return Arbitraries.oneOf(
        Cells.badNumbers(), Arbitraries.just(Cell.bad("-0.01", RejectReason.OUT_OF_RANGE)));
  }

  /** Future days are valid launch dates. */
  private static Arbitrary<Cell> badLaunches(DateStyle style) {
    return Arbitraries.of(
        Cell.bad("soon", RejectReason.BAD_DATE),
        Cell.bad("2024-13-45", RejectReason.BAD_DATE),
        Cell.bad("99999999999999999999", RejectReason.BAD_DATE),
        Cell.bad(style.write(LocalDateTime.of(1989, 12, 30, 12, 0)), RejectReason.OUT_OF_RANGE),
        Cell.bad(style.write(LocalDateTime.of(2100, 1, 2, 12, 0)), RejectReason.OUT_OF_RANGE));
  }

  private static Arbitrary<Cell> stocks() {
    return Arbitraries.of(
        Cell.good("yes", true),
        Cell.good("TRUE", true),
        Cell.good(" in stock", true),
        Cell.good("0", false),
        Cell.good("No", false),
        Cell.good("", null));
  }

  private static Arbitrary<Cell> badStocks() {
    return Arbitraries.of("maybe", "2", "none")
        .map(text -> Cell.bad(text, RejectReason.BAD_BOOLEAN));
  }

  private static Arbitrary<Cell> terms() {
    return Arbitraries.of(
        Cell.good("", List.of()),
        Cell.good("Mug", List.of("mug")),
        Cell.good("tea  cup; TEA CUP ;mug", List.of("tea cup", "mug")),
        Cell.good(" ;; ", List.of()));
  }

  /**
   * Returns the expected outcome of a line, which is decided by the field that is checked first.
   */
  private static Object outcome(List<Cell> line) {
    if (line.size() != HEADER.size()) {
      return "rejected column_count";
    }
    return Cells.rejection(line, SHOP, PRICE, LAUNCH, ID, STOCK).orElseGet(() -> accepted(line));
  }

  private static Object accepted(List<Cell> line) {
    String market = String.valueOf(line.get(SHOP).value());
    BigDecimal price = (BigDecimal) line.get(PRICE).value();
    LocalDate launch = Cells.day(market, line.get(LAUNCH).value());
    Object colour = line.get(7).value();
    return Arrays.asList(
        market,
        line.get(ID).value(),
        line.get(2).value(),
        price == null ? null : price.setScale(9),
        price == null ? null : Cells.currency(market),
        launch,
        line.get(STOCK).value(),
        line.get(6).value(),
        colour == null ? List.of() : List.of(RowFactory.create("colour", colour)),
        launch == null ? Instant.EPOCH : Instant.parse(launch.plusDays(1) + "T00:00:00Z"));
  }
}
