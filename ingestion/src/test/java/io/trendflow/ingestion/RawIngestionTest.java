package io.trendflow.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.trendflow.ingestion.clean.RejectReason;
import io.trendflow.ingestion.config.MarketConfig;
import io.trendflow.ingestion.config.SourceKind;
import io.trendflow.ingestion.raw.RawFolder;
import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableField;
import io.trendflow.testing.SharedSpark;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedSpark.class)
class RawIngestionTest {
  private static final String CATALOG =
      """
      {kind: 'catalog', files: 'products/**', columns: {product_id: 'id', name: 'name'},
       attributes: ['color']}""";
  private static final String TRENDS =
      "{kind: 'trends', files: 'trends/**', columns: {keyword: 'k', date: 'd', value: 'v'}}";

  private final SparkSession spark;
  private final RawFolder raw;

  RawIngestionTest(SparkSession spark, @TempDir Path root) {
    this.spark = spark;
    this.raw = new RawFolder(root);
  }

  @Test
  void theTablesHaveTheColumnsOfTheirContracts() {
    raw.source("orders", RawFolder.LINES)
        .source("products", CATALOG)
        .source("trends", TRENDS)
        .catalog("{infer_from_sales: true}")
        .lines("orders/a.csv", RawFolder.LINES_HEADER, "o,p,2024-05-01,1,1,uk,Pen")
        .lines("products/p.csv", "id,name,color", "q,Cup,red")
        .lines("trends/t.csv", "k,d,v", "cup,2024-05-01,3");
    try (CleanTables tables = raw.clean(spark)) {
      for (Table table : List.of(Table.DAILY_SALES, Table.CATALOG, Table.SIGNALS, Table.REJECTS)) {
        assertThat(columns(tables.table(table).schema()))
            .as(table.toString())
            .containsExactlyElementsOf(columns(table));
      }
      assertThat(rows(tables, Table.CATALOG, "product_id", "inferred", "attributes"))
          .containsExactlyInAnyOrder(tuple("p", true, "[]"), tuple("q", false, "[[color,red]]"));
    }
  }

  @Test
  void everyRecordOfADirtyFileIsCountedOnce() {
    raw.source(
            "orders",
            RawFolder.LINES.replace(
                "}}", "}, filters: [{rule: 'test_shop', column: 'shop', drop_matching: 'test'}]}"))
        .text(
            "orders/a.csv",
            RawFolder.LINES_HEADER
                + "\n1,p,2024-05-01,2,1.5,uk,\"a, \"\"b\"\"\nc\"\n\n2,p,2024-05-01,x,1.5,uk,t\n"
                + "3,p,2024-05-01,2,1.5,test,t\n4,p\n5,,2024-05-01,2,1.5,uk,t\n")
        .bytes(
            "orders/b.csv.gz",
            RawFolder.gzip(
                RawFolder.LINES_HEADER
                    + "\n6,p,2024-05-02,1,1.5,uk,t\n7,q,2024-05-02,y,1.5,uk,t\n"))
        .lines("orders/c.csv", RawFolder.LINES_HEADER);
    try (CleanTables tables = raw.clean(spark)) {
      IngestCounts counts = tables.counts();
      assertThat(counts.files())
          .extracting(
              count -> count.file().file(),
              FileCount::read,
              FileCount::accepted,
              FileCount::excluded,
              FileCount::rejected)
          .containsExactly(
              tuple("orders/a.csv", 5L, 1L, 1L, 3L),
              tuple("orders/b.csv.gz", 2L, 1L, 0L, 1L),
              tuple("orders/c.csv", 0L, 0L, 0L, 0L));
      assertThat(counts.read()).isEqualTo(7);
      assertThat(counts.accepted() + counts.excluded() + counts.rejected()).isEqualTo(7);
      assertThat(counts.exclusions()).containsExactly(new ExclusionCount("orders", "test_shop", 1));
      assertThat(counts.rejections())
          .extracting(RejectionCount::reason, RejectionCount::records)
          .containsExactly(
              tuple(RejectReason.BAD_NUMBER, 2L),
              tuple(RejectReason.COLUMN_COUNT, 1L),
              tuple(RejectReason.MISSING_VALUE, 1L));
      assertThat(counts.sources())
          .containsExactly(
              new SourceExtent(
                  "orders", SourceKind.SALES, LocalDate.of(2024, 5, 1), LocalDate.of(2024, 5, 2)));
      assertThat(rows(tables, Table.REJECTS, "source", "file", "record", "reason"))
          .containsExactlyInAnyOrder(
              tuple("orders", "orders/a.csv", 2L, "bad_number"),
              tuple("orders", "orders/a.csv", 4L, "column_count"),
              tuple("orders", "orders/a.csv", 5L, "missing_value"),
              tuple("orders", "orders/b.csv.gz", 2L, "bad_number"));
      Row rejected = tables.table(Table.REJECTS).where("record = 4").head();
      assertThat(rejected.getList(rejected.fieldIndex("fields")))
          .hasSize(7)
          .asString()
          .contains("[sku,p]", "[day,null]");
    }
  }

  @Test
  void salesAreTheSameWhetherTheirRecordsAreKeptOrReadTwice() {
    raw.source("orders", RawFolder.LINES)
        .lines(
            "orders/a.csv",
            RawFolder.LINES_HEADER,
            "1,p,2024-05-01,2,1.5,uk,",
            "2,p,2024-05-01,x,1.5,uk,",
            "3,q,2024-05-02,1,,uk,")
        .lines("orders/b.csv", RawFolder.LINES_HEADER, "4,q,2024-05-02,3,2,uk,");
    try (CleanTables twice = raw.catalog("{infer_from_sales: false}").clean(spark);
        CleanTables kept = raw.catalog("{infer_from_sales: true}").clean(spark)) {
      assertThat(twice.cached()).isEmpty();
      assertThat(kept.cached()).isNotEmpty();
      assertThat(twice.counts()).isEqualTo(kept.counts());
      for (Table table : List.of(Table.DAILY_SALES, Table.REJECTS)) {
        assertThat(twice.table(table).collectAsList())
            .as(table.toString())
            .containsExactlyInAnyOrderElementsOf(kept.table(table).collectAsList())
            .isNotEmpty();
      }
    }
  }

  @Test
  void salesAreSummedByDayWithReturnsAndOrdersApart() {
    raw.source("orders", RawFolder.LINES)
        .lines(
            "orders/a.csv",
            RawFolder.LINES_HEADER,
            "1,p,2024-05-01,2,1.5,uk,",
            "1,p,2024-05-01,1,1.5,uk,",
            "2,p,2024-05-01,1,0,uk,",
            ",p,2024-05-01,1,0.1,uk,",
            ",p,2024-05-01,1,0.2,uk,",
            "3,p,2024-05-01,-4,1.25,uk,",
            "4,p,2024-05-01,1,2,fr,",
            "5,q,2024-05-01,1,,uk,",
            "5,q,2024-05-01,1,7,uk,");
    try (CleanTables tables = raw.clean(spark)) {
      assertThat(
              rows(
                  tables,
                  Table.DAILY_SALES,
                  "market",
                  "product_id",
                  "gross_units",
                  "return_units",
                  "gross_revenue",
                  "refunds",
                  "orders",
                  "currency"))
          .containsExactlyInAnyOrder(
              tuple("uk", "p", 6.0, 4.0, money("4.8"), money("5"), 4L, "GBP"),
              tuple("fr", "p", 1.0, 0.0, money("2"), money("0"), 1L, "EUR"),
              tuple("uk", "q", 2.0, 0.0, null, null, 1L, "GBP"));
    }
  }

  @Test
  void sumsOverLinesDampBulkPurchasesAndTotalsHaveNone() {
    raw.source(
            "orders",
            """
            {kind: 'sales', files: 'o.csv', deduplicate: false, constants: {market: 'uk'},
             columns: {product_id: 'p', date: 'd', units: 'u', order_id: 'o', customer_id: 'c'}}""")
        .source(
            "weekly",
            """
            {kind: 'sales', files: 'w.csv', period: 'week', constants: {market: 'uk'},
             columns: {product_id: 'p', date: 'd', units: 'u'}}""")
        .lines(
            "o.csv",
            "p,d,u,o,c",
            "p,2024-05-01,100,1,anna",
            "p,2024-05-01,2,2,ben",
            "p,2024-05-01,-3,3,carl",
            "p,2024-05-01,2,4,ben")
        .lines("w.csv", "p,d,u", "p,2024-05-06,10");
    try (CleanTables tables = raw.clean(spark)) {
      assertThat(
              rows(
                  tables,
                  Table.DAILY_SALES,
                  "gross_units",
                  "log_units",
                  "squared_units",
                  "capped_units",
                  "customers"))
          .containsExactlyInAnyOrder(
              tuple(104.0, Math.log(101) + 2 * Math.log(3), 10_008.0, 52.0, 2L),
              tuple(10.0, null, null, null, null));
    }
  }

  @Test
  void aWeeklySourceKeepsItsWeeksAndHasNoOrders() {
    raw.source(
            "weekly",
            """
            {kind: 'sales', files: 'w.csv', period: 'week', constants: {market: 'uk'},
             columns: {product_id: 'p', date: 'd', units: 'u'}}""")
        .lines("w.csv", "p,d,u", "p,2024-05-06,10", "p,2024-05-13,0", "p,2024-05-27,4");
    try (CleanTables tables = raw.clean(spark)) {
      assertThat(
              rows(
                  tables,
                  Table.DAILY_SALES,
                  "sale_date",
                  "period_days",
                  "gross_units",
                  "orders",
                  "gross_revenue",
                  "available_at"))
          .containsExactlyInAnyOrder(
              tuple(day("2024-05-06"), 7L, 10.0, null, null, at("2024-05-13T00:00:00Z")),
              tuple(day("2024-05-13"), 7L, 0.0, null, null, at("2024-05-20T00:00:00Z")));
      // The week from 27 May is not over on 1 June.
      assertThat(tables.counts().exclusions())
          .containsExactly(new ExclusionCount("weekly", "incomplete_period", 1));
      assertThat(tables.counts().sources())
          .containsExactly(
              new SourceExtent("weekly", SourceKind.SALES, day("2024-05-06"), day("2024-05-19")));
    }
  }

  @Test
  void ofALaterPullOnlyWhatChangedIsARevision() {
    raw.source("orders", RawFolder.LINES.replace("orders/*", "orders/**/*.csv"))
        .lines(
            "orders/pulled_at=2024-05-04T01:00:00Z/a.csv",
            RawFolder.LINES_HEADER,
            "1,corrected,2024-05-01,2,1,uk,",
            "2,same,2024-05-02,1,1,uk,",
            "3,deleted,2024-05-02,4,1,uk,",
            "4,before,2024-04-20,4,1,uk,",
            "5,same,2024-05-04,1,1,uk,")
        .lines(
            "orders/pulled_at=2024-05-05T01:00:00Z/a.csv",
            RawFolder.LINES_HEADER,
            "1,corrected,2024-05-01,3,1,uk,",
            "2,same,2024-05-02,1,1,uk,",
            "6,late,2024-05-02,1,1,uk,")
        .lines(
            "orders/pulled_at=2024-05-06T01:00:00Z/a.csv",
            RawFolder.LINES_HEADER,
            "1,corrected,2024-05-01,3,1,uk,",
            "6,late,2024-05-02,1,1,uk,",
            "3,deleted,2024-05-02,4,1,uk,");
    try (CleanTables tables = raw.clean(spark)) {
      assertThat(
              rows(
                  tables,
                  Table.DAILY_SALES,
                  "product_id",
                  "sale_date",
                  "gross_units",
                  "orders",
                  "available_at"))
          .containsExactlyInAnyOrder(
              tuple("corrected", day("2024-05-01"), 2.0, 1L, at("2024-05-04T01:00:00Z")),
              tuple("same", day("2024-05-02"), 1.0, 1L, at("2024-05-04T01:00:00Z")),
              tuple("deleted", day("2024-05-02"), 4.0, 1L, at("2024-05-04T01:00:00Z")),
              tuple("before", day("2024-04-20"), 4.0, 1L, at("2024-05-04T01:00:00Z")),
              tuple("corrected", day("2024-05-01"), 3.0, 1L, at("2024-05-05T01:00:00Z")),
              tuple("deleted", day("2024-05-02"), 0.0, 0L, at("2024-05-05T01:00:00Z")),
              tuple("late", day("2024-05-02"), 1.0, 1L, at("2024-05-05T01:00:00Z")),
              tuple("same", day("2024-05-02"), 0.0, 0L, at("2024-05-06T01:00:00Z")),
              tuple("deleted", day("2024-05-02"), 4.0, 1L, at("2024-05-06T01:00:00Z")));
      // 4 May was not over at the pull that reported it.
      assertThat(tables.counts().sources().get(0).watermark()).isEqualTo(day("2024-05-02"));
      assertThat(tables.counts().excluded()).isEqualTo(1);
    }
  }

  @Test
  void theFirstPullIsNotComparedWithItself() {
    raw.source("orders", RawFolder.LINES.replace("orders/*", "orders/**/*.csv"))
        .lines(
            "orders/pulled_at=2024-05-04T01:00:00Z/a.csv",
            RawFolder.LINES_HEADER,
            "1,p,2024-05-01,2,1,uk,",
            "2,p,2024-05-03,1,1,uk,",
            "3,q,2024-05-02,4,1,uk,");
    try (CleanTables tables = raw.clean(spark)) {
      assertThat(rows(tables, Table.DAILY_SALES, "product_id", "gross_units", "available_at"))
          .containsExactlyInAnyOrder(
              tuple("p", 2.0, at("2024-05-04T01:00:00Z")),
              tuple("p", 1.0, at("2024-05-04T01:00:00Z")),
              tuple("q", 4.0, at("2024-05-04T01:00:00Z")));
      assertThat(tables.cached()).doesNotContain(tables.table(Table.DAILY_SALES)).hasSize(1);
    }
  }

  @Test
  void aFileThatIsThereTwiceCountsOnce() {
    raw.source("orders", RawFolder.LINES)
        .lines("orders/a.csv", RawFolder.LINES_HEADER, "1,p,2024-05-01,2,1,uk,")
        .lines("orders/b.csv", RawFolder.LINES_HEADER, "1,p,2024-05-01,2,1,uk,");
    try (CleanTables tables = raw.clean(spark)) {
      assertThat(rows(tables, Table.DAILY_SALES, "gross_units")).containsExactly(tuple(2.0));
      assertThat(tables.counts().exclusions())
          .containsExactly(new ExclusionCount("orders", "duplicate_file", 1));
    }
  }

  @Test
  void aCatalogueIsInferredFromTheFirstSalesOnly() {
    raw.source("orders", RawFolder.LINES.replace("files:", "lag: '6h', files:"))
        .source("products", CATALOG)
        .catalog("{infer_from_sales: true}")
        .lines("products/p.csv", "id,name,color", "listed,Cup,red")
        .lines(
            "orders/a.csv",
            RawFolder.LINES_HEADER,
            "1,early,2024-01-01,2,1,uk,",
            "1,early,2024-01-01,2,1,uk,Early",
            "1,censored,2024-03-24,1,1,uk,Last censored day",
            "1,new,2024-03-25,1,1,uk,First name",
            "1,new,2024-03-26,1,1,uk,Second name",
            "1,new,2024-04-25,1,1,fr,Nom",
            "1,returned,2024-04-01,-1,1,uk,Returned",
            "1,returned,2024-04-02,1,1,uk,Returned",
            "1,listed,2024-04-02,1,1,uk,Cup");
    try (CleanTables tables = raw.clean(spark)) {
      assertThat(
              rows(
                  tables,
                  Table.CATALOG,
                  "market",
                  "product_id",
                  "name",
                  "launch_date",
                  "launch_censored",
                  "inferred",
                  "available_at"))
          .containsExactlyInAnyOrder(
              tuple("all", "listed", "Cup", null, false, false, Instant.EPOCH),
              tuple("uk", "early", "Early", null, true, true, at("2024-01-02T06:00:00Z")),
              tuple(
                  "uk",
                  "censored",
                  "Last censored day",
                  null,
                  true,
                  true,
                  at("2024-03-25T06:00:00Z")),
              tuple(
                  "uk",
                  "new",
                  "First name",
                  day("2024-03-25"),
                  false,
                  true,
                  at("2024-03-26T06:00:00Z")),
              tuple("fr", "new", "Nom", day("2024-04-25"), false, true, at("2024-04-26T06:00:00Z")),
              tuple("uk", "returned", "Returned", null, true, true, at("2024-04-02T06:00:00Z")));
    }
  }

  @Test
  void identicalRecordsOfAPullAreExcludedWhenConfigured() {
    raw.source("orders", RawFolder.LINES.replace("files:", "deduplicate: true, files:"))
        .source("more", RawFolder.LINES.replace("orders/*", "more/*"))
        .lines(
            "orders/a.csv",
            RawFolder.LINES_HEADER,
            "1,p,2024-05-01,2,1,uk,t",
            "1,p,2024-05-01,2,1,uk,t",
            "1,p,2024-05-01,2,1,uk,T",
            "1,p,2024-05-01,x,1,uk,t")
        .lines(
            "orders/b.csv",
            RawFolder.LINES_HEADER,
            "1,p,2024-05-01,2,1,uk,t",
            "1,p,2024-05-01,x,1,uk,t")
        .lines(
            "more/a.csv",
            RawFolder.LINES_HEADER,
            "1,p,2024-05-01,2,1,uk,t",
            "1,p,2024-05-01,2,1,uk,t");
    try (CleanTables tables = raw.clean(spark)) {
      assertThat(tables.counts().files())
          .extracting(
              count -> count.file().file(),
              FileCount::read,
              FileCount::accepted,
              FileCount::excluded,
              FileCount::rejected)
          .containsExactly(
              tuple("more/a.csv", 2L, 2L, 0L, 0L),
              tuple("orders/a.csv", 4L, 2L, 1L, 1L),
              tuple("orders/b.csv", 2L, 0L, 2L, 0L));
      assertThat(tables.counts().exclusions())
          .containsExactly(new ExclusionCount("orders", "duplicate", 3));
      assertThat(rows(tables, Table.DAILY_SALES, "source", "gross_units"))
          .containsExactlyInAnyOrder(tuple("orders", 4.0), tuple("more", 4.0));
    }
  }

  @Test
  void aKeyThatATableMustNotRepeatIsRejectedTheSecondTime() {
    raw.source("products", CATALOG)
        .source("trends", TRENDS)
        .lines("products/a.csv", "id,name,color", "p,Cup,red", "q,Pot,", "p,Mug,blue")
        .lines("products/pulled_at=2024-05-01/a.csv", "id,name,color", "p,Mug,blue")
        .lines("trends/pulled_at=2024-05-05/a.csv", "k,d,v", "Cup,2024-05-01,3")
        .lines("trends/pulled_at=2024-05-05/b.csv", "k,d,v", "cup,2024-05-01,4")
        .lines("trends/pulled_at=2024-05-06/a.csv", "k,d,v", "cup,2024-05-01,5");
    try (CleanTables tables = raw.clean(spark)) {
      assertThat(rows(tables, Table.CATALOG, "product_id", "name", "available_at"))
          .containsExactlyInAnyOrder(
              tuple("p", "Cup", Instant.EPOCH),
              tuple("q", "Pot", Instant.EPOCH),
              tuple("p", "Mug", at("2024-05-02T00:00:00Z")));
      assertThat(rows(tables, Table.SIGNALS, "keyword", "value", "pull_id"))
          .containsExactlyInAnyOrder(
              tuple("cup", 3.0, "pulled_at=2024-05-05"), tuple("cup", 5.0, "pulled_at=2024-05-06"));
      assertThat(rows(tables, Table.REJECTS, "file", "record", "reason", "detail"))
          .containsExactlyInAnyOrder(
              tuple(
                  "products/a.csv",
                  3L,
                  "duplicate_key",
                  "A record with the same key and the same available_at is already in products/a.csv, record 1."),
              tuple(
                  "trends/pulled_at=2024-05-05/b.csv",
                  1L,
                  "duplicate_key",
                  "A record with the same key and the same available_at is already in"
                      + " trends/pulled_at=2024-05-05/a.csv, record 1."));
      assertThat(tables.table(Table.REJECTS).where("size(fields) = 0").count()).isZero();
      assertThat(tables.counts().rejected()).isEqualTo(2);
    }
  }

  @Test
  void manyFilesAreReadLikeOne() {
    raw.source("orders", RawFolder.LINES);
    IntStream.range(0, 60)
        .forEach(
            i ->
                raw.lines(
                    "orders/%02d.csv".formatted(i),
                    RawFolder.LINES_HEADER,
                    "%d,p,2024-05-01,1,1,uk,".formatted(i),
                    "%d,q,2024-05-01,1,x,uk,".formatted(i)));
    try (CleanTables tables = raw.clean(spark)) {
      assertThat(tables.counts().files()).hasSize(60).allMatch(file -> file.read() == 2);
      assertThat(tables.counts().rejections())
          .containsExactly(
              new RejectionCount(
                  "orders",
                  RejectReason.BAD_NUMBER,
                  60,
                  new RejectionCount.Example(
                      "orders/00.csv",
                      2,
                      "unit_price (column price) is `x`, which is not a number such as 12 or 3.5.")));
      assertThat(rows(tables, Table.DAILY_SALES, "product_id", "gross_units", "orders"))
          .containsExactly(tuple("p", 60.0, 60L));
    }
  }

  @Test
  void aShareOfRejectsAboveTheLimitIsRefused() {
    raw.source("orders", RawFolder.LINES.replace("files:", "max_rejected: 0.5, files:"))
        .lines(
            "orders/a.csv",
            RawFolder.LINES_HEADER,
            "1,p,2024-05-01,1,1,uk,",
            "1,p,2024-05-01,1,x,uk,");
    try (CleanTables tables = raw.clean(spark)) {
      raw.checkLimits(tables);
    }
    raw.lines("orders/b.csv", RawFolder.LINES_HEADER, "1,,2024-05-01,1,1,uk,", "1,p,,1,x,uk,");
    try (CleanTables tables = raw.clean(spark)) {
      assertThatThrownBy(() -> raw.checkLimits(tables))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "source orders: 3 of 4 records are rejected (75.00 %), the maximum (max_rejected) is 50.00 %:"
                  + " 2 missing_value, such as orders/b.csv record 1: product_id (column"
                  + " sku) is empty.; 1 bad_number, such as orders/a.csv record 2: unit_price"
                  + " (column price) is `x`, which is not a number such as 12 or 3.5. Correct the"
                  + " files or the source's mapping.");
    }
  }

  @Test
  void aFileThatCannotBeTakenFailsTheIngestWithASentence() {
    raw.source("orders", RawFolder.LINES)
        .lines("orders/a.csv", RawFolder.LINES_HEADER, "1,p,2024-05-01,1,1,uk,")
        .lines("orders/b.csv", "order,sku,day,quantity,price,shop,title")
        .bytes("orders/c.csv.gz", Arrays.copyOf(RawFolder.gzip("order,sku\n1,2\n"), 20));
    assertThatThrownBy(() -> raw.clean(spark))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "orders/b.csv (source orders) has no column qty: its columns are [order, sku, day,"
                + " quantity, price, shop, title]. Other rejected files: 1.");
    assertThat(spark.sparkContext().getPersistentRDDs().size()).isZero();
  }

  @Test
  void aRefusalAfterARejectTellsOfTheRefusal() {
    raw.source("orders", RawFolder.LINES)
        .lines("orders/a.csv", RawFolder.LINES_HEADER, "1,p,2024-05-01,x,1,uk,", "2,p,\"2024");
    assertThatThrownBy(() -> raw.clean(spark))
        .hasMessageStartingWith("orders/a.csv (source orders), after record ")
        .hasMessageContaining("line 3 opens a quote that is never closed");
  }

  @Test
  void moneyInAnotherCurrencyFailsTheIngest() {
    raw.source("orders", RawFolder.LINES.replace("name: 'title'", "currency: 'title'"))
        .lines(
            "orders/a.csv",
            RawFolder.LINES_HEADER,
            "1,p,2024-05-01,1,1,uk,GBP",
            "2,p,2024-05-01,1,1,uk,EUR");
    assertThatThrownBy(() -> raw.clean(spark))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "orders/a.csv (source orders) has money in EUR in market uk, whose currency is GBP");
  }

  @Test
  void sourcesAndMarketsMustFitTogether() {
    raw.source("orders", RawFolder.LINES.replace(", market: 'shop'", ""))
        .lines("orders/a.csv", RawFolder.LINES_HEADER);
    assertThatThrownBy(() -> raw.clean(spark))
        .hasMessage(
            "source orders: market `all` is not one of the configured markets [uk, fr]: map a"
                + " column to market, or name one of them as a constant.");
    raw.source("orders", RawFolder.LINES.replace("name: 'title'", "currency: 'title'"))
        .market("us", new MarketConfig(null, null, null, null));
    assertThatThrownBy(() -> raw.clean(spark))
        .hasMessage(
            "source orders has a currency, but markets.us.currency is missing: set it to an ISO 4217"
                + " code such as EUR.");
  }

  private static List<String> columns(Table table) {
    return table.contract().fields().stream()
        .filter(field -> !List.of("ingest_id", "ingested_on").contains(field.name()))
        .map(field -> field.name() + " " + type(field))
        .toList();
  }

  private static List<String> columns(StructType schema) {
    return Arrays.stream(schema.fields())
        .map(field -> field.name() + " " + field.dataType().catalogString())
        .toList();
  }

  private static String type(TableField field) {
    String single =
        switch (field.type()) {
          case STRING -> "string";
          case INTEGER -> "bigint";
          case FLOAT -> "double";
          case NUMERIC -> "decimal(38,9)";
          case BOOLEAN -> "boolean";
          case DATE -> "date";
          case TIMESTAMP -> "timestamp";
          case RECORD ->
              "struct<"
                  + String.join(
                      ",",
                      field.fields().stream()
                          .map(inner -> inner.name() + ":" + type(inner))
                          .toList())
                  + ">";
        };
    return field.mode() == TableField.Mode.REPEATED ? "array<" + single + ">" : single;
  }

  /** Selects columns of a table, with lists as text. */
  private static List<Tuple> rows(CleanTables tables, Table table, String... columns) {
    return tables.table(table).collectAsList().stream()
        .map(row -> new Tuple(Arrays.stream(columns).map(name -> value(row, name)).toArray()))
        .toList();
  }

  private static @Nullable Object value(Row row, String name) {
    int index = row.fieldIndex(name);
    return name.equals("attributes") ? row.getList(index).toString() : row.get(index);
  }

  private static BigDecimal money(String amount) {
    return new BigDecimal(amount).setScale(9);
  }

  private static LocalDate day(String day) {
    return LocalDate.parse(day);
  }

  private static Instant at(String instant) {
    return Instant.parse(instant);
  }
}
