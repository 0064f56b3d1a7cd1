package io.trendflow.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trendflow.ingestion.raw.RawFolder;
import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableField;
import io.trendflow.testing.SharedSpark;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tests stock levels and calendars from raw files to their tables. */
@ExtendWith(SharedSpark.class)
class StockAndCalendarTest {
  private static final String STOCK =
      """
      {kind: 'stock', files: 'stock/**', constants: {market: 'uk'}, max_rejected: 1,
       columns: {product_id: 'id', date: 'day', on_hand: 'units',
                 in_stock: {column: 'flag', optional: true},
                 on_order: {column: 'coming', optional: true}}}""";
  private static final String CALENDAR =
      """
      {kind: 'calendar', files: 'plan/**', constants: {market: 'uk'}, max_rejected: 1,
       columns: {scope: 'scope', subject: 'subject', starts_on: 'from', ends_on: 'to', kind: 'kind',
                 depth: 'depth', planned_on: {column: 'planned', optional: true}}}""";

  private final SparkSession spark;
  private final RawFolder raw;

  StockAndCalendarTest(SparkSession spark, @TempDir Path root) {
    this.spark = spark;
    this.raw = new RawFolder(root);
  }

  @Test
  void theTablesHaveTheColumnsOfTheirContracts() {
    raw.source("stock", STOCK)
        .source("plan", CALENDAR)
        .lines("stock/a.csv", "id,day,units", "p,2024-05-01,3")
        .lines(
            "plan/a.csv",
            "scope,subject,from,to,kind,depth",
            "all,,2024-05-01,2024-05-02,promo,.2");
    try (CleanTables tables = raw.clean(spark)) {
      for (Table table : List.of(Table.STOCK_LEVELS, Table.CALENDAR)) {
        assertThat(tables.table(table).columns())
            .containsExactlyElementsOf(
                table.contract().fields().stream()
                    .map(TableField::name)
                    .filter(name -> !List.of("ingest_id", "ingested_on").contains(name))
                    .toList());
      }
    }
  }

  @Test
  void aLevelIsThatOfTheEndOfItsDay() {
    raw.source("stock", STOCK)
        .lines(
            "stock/a.csv",
            "id,day,units,flag,coming",
            "p,2024-05-01,3,yes,10",
            "p,2024-05-02,3,no,",
            "q,2024-05-01,,yes,",
            "q,2024-05-02,,no,")
        .lines("stock/pulled_at=2024-05-03T06:00:00Z/b.csv", "id,day,units", "p,2024-05-03,9");
    try (CleanTables tables = raw.clean(spark)) {
      assertThat(stock(tables))
          .as("the third of May was not over at the pull")
          .containsExactly(
              "stock uk p 2024-05-01 3.0 10.0 2024-05-02T00:00:00Z true",
              "stock uk p 2024-05-02 0.0 null 2024-05-03T00:00:00Z true",
              "stock uk q 2024-05-01 null null 2024-05-02T00:00:00Z true",
              "stock uk q 2024-05-02 0.0 null 2024-05-03T00:00:00Z true");
      assertThat(tables.counts().excluded()).isEqualTo(1);
    }
  }

  @Test
  void impossibleLevelsAreRejected() {
    raw.source("stock", STOCK)
        .lines(
            "stock/a.csv",
            "id,day,units",
            "p,2024-05-01,-1",
            "p,2024-05-02,",
            "p,2024-05-03,many",
            "p,2024-05-04,1",
            "p,2024-05-04,2",
            ",2024-05-04,2");
    try (CleanTables tables = raw.clean(spark)) {
      assertThat(rejects(tables))
          .containsExactly(
              "1 out_of_range on_hand (column units) is `-1`, which is negative.",
              "2 missing_value on_hand (column units) is empty.",
              "3 bad_number on_hand (column units) is `many`, which is not a number such as 12 or"
                  + " 3.5.",
              "5 duplicate_key A record with the same key and the same available_at is already in"
                  + " stock/a.csv, record 4.",
              "6 missing_value product_id (column id) is empty.");
      assertThat(stock(tables)).hasSize(1);
    }
  }

  @Test
  void aLevelWithoutDateIsThatOfTheDayBeforeThePull() {
    raw.preset("stock", "shopify-inventory", "{files: 'stock/**', constants: {market: 'all'}}")
        .lines(
            "stock/pulled_at=2024-05-03T06:00:00Z/b.csv",
            "Handle,Title,SKU,Location,Incoming (not editable),On hand (current)",
            "cup,Cup,C1,Paris,4,2",
            "cup,Cup,C1,Lyon,0,3",
            "pen,Pen,,Paris,0,not stocked");
    try (CleanTables tables = raw.clean(spark)) {
      assertThat(stock(tables))
          .containsExactly(
              "stock all C1 2024-05-02 5.0 4.0 2024-05-03T06:00:00Z false",
              "stock all pen 2024-05-02 0.0 0.0 2024-05-03T06:00:00Z false");
    }
  }

  @Test
  void aLevelWithoutDateOrPullIsRefused() {
    raw.preset("stock", "woocommerce-stock", "{files: 'stock/**', constants: {market: 'all'}}")
        .lines("stock/b.csv", "ID,SKU,Published,In stock?,Stock", "1,C1,1,1,4");
    assertThatThrownBy(() -> raw.clean(spark))
        .hasMessageContaining(
            "b.csv (source stock) has no dates: map a column to date, or put the file into");
  }

  @Test
  void aPullOfACatalogueHasTheStockToo() {
    raw.source(
            "products",
            """
            {kind: 'catalog', files: 'products/**', columns: {product_id: 'id', in_stock: 'flag',
             on_hand: 'units'}}""")
        .lines("products/old.csv", "id,flag,units", "p,no,0")
        .lines(
            "products/pulled_at=2024-05-03T06:00:00Z/a.csv",
            "id,flag,units",
            "p,yes,4",
            "q,no,7",
            "r,,-2",
            "s,,");
    try (CleanTables tables = raw.clean(spark)) {
      assertThat(stock(tables))
          .containsExactly(
              "products all p 2024-05-02 4.0 null 2024-05-03T06:00:00Z false",
              "products all q 2024-05-02 0.0 null 2024-05-03T06:00:00Z false",
              "products all r 2024-05-02 0.0 null 2024-05-03T06:00:00Z false");
    }
  }

  @Test
  void anEntryIsKnownFromTheDayOnWhichItWasPlanned() {
    raw.source("plan", CALENDAR)
        .catalog("{known_before_launch: '10d'}")
        .lines(
            "plan/a.csv",
            "scope,subject,from,to,kind,depth,planned",
            "product,p,2024-05-11,2024-05-12,promo,0.2,2024-05-01",
            ",p,2024-05-21,2024-05-21,price,-0.1,",
            ",,2024-12-24,2024-12-26,Holiday,,")
        .lines(
            "plan/pulled_at=2024-04-03T06:00:00Z/a.csv",
            "scope,subject,from,to,kind,depth,planned",
            "category,Mugs,2024-05-11,2024-05-12,promo,,2024-05-01");
    try (CleanTables tables = raw.clean(spark)) {
      assertThat(calendar(tables))
          .containsExactly(
              "all all 2024-12-24 2024-12-26 holiday null 2024-12-14T00:00:00Z",
              "category Mugs 2024-05-11 2024-05-12 promo null 2024-04-03T06:00:00Z",
              "product p 2024-05-11 2024-05-12 promo 0.2 2024-05-02T00:00:00Z",
              "product p 2024-05-21 2024-05-21 price -0.1 2024-05-11T00:00:00Z");
    }
  }

  @Test
  void impossibleEntriesAreRejected() {
    raw.source("plan", CALENDAR)
        .lines(
            "plan/a.csv",
            "scope,subject,from,to,kind,depth",
            "product,p,2024-05-12,2024-05-11,promo,0.2",
            "product,p,2024-05-11,2024-05-12,sale,0.2",
            "shelf,p,2024-05-11,2024-05-12,promo,0.2",
            "product,p,2024-05-11,2024-05-12,promo,20",
            "product,,2024-05-11,2024-05-12,promo,0.2",
            "product,p,2024-05-11,2024-05-12,promo,0.2",
            "product,p,2024-05-11,2024-05-13,promo,0.3");
    try (CleanTables tables = raw.clean(spark)) {
      assertThat(rejects(tables))
          .containsExactly(
              "1 ends_before_start ends_on (column to) is 2024-05-11, which is before starts_on"
                  + " (column from), 2024-05-12.",
              "2 bad_text kind (column kind) is `sale`, which is not one of [promo, price, holiday,"
                  + " campaign].",
              "3 bad_text scope (column scope) is `shelf`, which is not one of [product, category,"
                  + " all].",
              "4 out_of_range depth (column depth) is 20, which is not a share below 1, such as 0.2"
                  + " for 20 % off.",
              "5 missing_value subject (column subject) is empty.",
              "7 duplicate_key A record with the same key and the same available_at is already in"
                  + " plan/a.csv, record 6.");
      assertThat(calendar(tables)).hasSize(1);
      assertThat(tables.counts().read()).isEqualTo(7);
    }
  }

  private static List<String> stock(CleanTables tables) {
    return lines(
        tables
            .table(Table.STOCK_LEVELS)
            .select(
                "source",
                "market",
                "product_id",
                "stock_date",
                "on_hand",
                "on_order",
                "available_at",
                "available_assumed"));
  }

  private static List<String> calendar(CleanTables tables) {
    return lines(
        tables
            .table(Table.CALENDAR)
            .select("scope", "subject", "starts_on", "ends_on", "kind", "depth", "available_at"));
  }

  private static List<String> rejects(CleanTables tables) {
    return lines(tables.table(Table.REJECTS).select("record", "reason", "detail"));
  }

  private static List<String> lines(Dataset<Row> rows) {
    return Arrays.stream((Row[]) rows.collect()).map(row -> row.mkString(" ")).sorted().toList();
  }
}
