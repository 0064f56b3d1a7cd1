package io.trendflow.ingestion.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trendflow.ingestion.raw.PullTime;
import io.trendflow.ingestion.raw.RawFile;
import io.trendflow.ingestion.raw.RawFolder;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordCleanerTest {
  private static final String PRODUCTS =
      """
      {kind: 'catalog', files: '*', keywords: ['terms'], attributes: ['color', 'fabric'],
       columns: {product_id: 'id', price: 'price', launch_date: 'launch', in_stock: 'stock',
                 discontinued_on: 'end', market: 'shop', currency: 'money'}}""";
  private static final String PRODUCTS_HEADER =
      "id,price,launch,stock,end,shop,money,terms,color,fabric";
  private static final String TERMS =
      """
      {kind: 'catalog', files: '*', constants: {market: 'uk'},
       columns: {product_id: 'id', price: 'price', unit_cost: 'cost', lead_time_days: 'lead',
                 moq: 'min', pack_size: 'pack', supplier: 'from', salvage_rate: 'salvage',
                 image_url: 'image', url: 'url'}}""";
  private static final String TERMS_HEADER = "id,price,cost,lead,min,pack,from,salvage,image,url";
  private static final String TRENDS =
      "{kind: 'trends', files: '*', period: 'week', columns: {keyword: 'k', date: 'd', value: 'v'}}";

  private final RawFolder raw = new RawFolder(Path.of("unused"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "o,p,2024-05-01,1,2,uk|COLUMN_COUNT|The record has 6 fields, the header has 7.",
        "o,p,2024-05-01,1,2,uk,t,x|COLUMN_COUNT|The record has 8 fields, the header has 7.",
        "o,' ',2024-05-01,1,2,uk,t|MISSING_VALUE|product_id (column sku) is empty.",
        "o,p,,1,2,uk,t|MISSING_VALUE|date (column day) is empty.",
        "o,p,2024-05-01,,2,uk,t|MISSING_VALUE|units (column qty) is empty.",
        "o,p,2024-05-01,1,2,,t|MISSING_VALUE|market (column shop) is empty.",
        "o,p,01/05/2024,1,2,uk,t|BAD_DATE|date (column day) is `01/05/2024`, which is not a date of"
            + " the form yyyy-MM-dd.",
        "o,p,2023-02-29,1,2,uk,t|BAD_DATE|date (column day) is `2023-02-29`, which is not a date of"
            + " the form yyyy-MM-dd.",
        "o,p,2024-05-01,one,2,uk,t|BAD_NUMBER|units (column qty) is `one`, which is not a number such"
            + " as 12 or 3.5.",
        "o,p,2024-05-01,NaN,2,uk,t|BAD_NUMBER|units (column qty) is `NaN`, which is not a number such"
            + " as 12 or 3.5.",
        "o,p,2024-05-01,1,2 GBP,uk,t|BAD_NUMBER|unit_price (column price) is `2 GBP`, which is not a"
            + " number such as 12 or 3.5.",
        "o,p,2024-05-01,1,1e-999999999,uk,t|BAD_NUMBER|unit_price (column price) is"
            + " `1e-999999999`, which is not a number such as 12 or 3.5.",
        "o,p,2024-05-01,1,-2,uk,t|OUT_OF_RANGE|unit_price (column price) is `-2`, which is"
            + " negative.",
        "o,p,2024-05-01,1e999999999,2,uk,t|OUT_OF_RANGE|units (column qty) is `1e999999999`, which"
            + " is beyond the limit of 1000000000.",
        "o,p,2024-05-01,-1000000001,2,uk,t|OUT_OF_RANGE|units (column qty) is `-1000000001`, which"
            + " is beyond the limit of 1000000000.",
        "o,p,1989-12-31,1,2,uk,t|OUT_OF_RANGE|date (column day) is 1989-12-31, which is not between"
            + " 1990-01-01 and 2024-06-02.",
        "o,p,2024-06-03,1,2,uk,t|OUT_OF_RANGE|date (column day) is 2024-06-03, which is not between"
            + " 1990-01-01 and 2024-06-02.",
        "o,p,2024-05-01,1,2,us,t|UNKNOWN_MARKET|market (column shop) is `us`, which is not one"
            + " of the configured markets [uk, fr].",
      })
  void aDefectiveSalesLineIsRejected(String record, RejectReason reason, String detail) {
    raw.source("orders", RawFolder.LINES);
    assertThat(raw.cleaned(RawFolder.LINES_HEADER, record.replace("'", "")))
        .containsExactly(new CleanedRecord.Rejected(reason, detail));
  }

  @Test
  void aSalesLineKeepsItsValues() {
    raw.source("orders", RawFolder.LINES);
    assertThat(sold(" o1 , p1 ,2024-05-01, 3 ,0.10,uk, Two  Words "))
        .containsEntry("market", "uk")
        .containsEntry("product_id", "p1")
        .containsEntry("day", LocalDate.of(2024, 5, 1))
        .containsEntry("period_days", 1L)
        .containsEntry("units", 3.0)
        .containsEntry("amount", new BigDecimal("0.300000000"))
        .containsEntry("currency", "GBP")
        .containsEntry("order_id", "o1")
        .containsEntry("name", "Two  Words")
        .containsEntry("available_at", Instant.parse("2024-05-02T00:00:00Z"))
        .containsEntry("available_assumed", true)
        .doesNotContainKeys("category", "brand");
  }

  @Test
  void zeroPricesReturnsAndMissingPricesAreNoDefects() {
    raw.source("orders", RawFolder.LINES);
    assertThat(sold("o,p,2024-05-01,3,0,uk,").get("amount"))
        .isEqualTo(new BigDecimal("0.000000000"));
    assertThat(sold("o,p,2024-05-01,-3,0.5,uk,"))
        .containsEntry("units", -3.0)
        .containsEntry("amount", new BigDecimal("1.500000000"));
    assertThat(sold(",p,2024-05-01,0,,uk,")).doesNotContainKeys("amount", "order_id", "name");
  }

  @Test
  void theRevenueOfALineIsTakenAsItIs() {
    raw.source(
        "orders",
        """
        {kind: 'sales', files: '*', constants: {market: 'uk'},
         columns: {product_id: 'p', date: 'd', units: 'u', revenue: 'r'}}""");
    StructType schema = SalesMapper.SCHEMA;
    assertThat(values(schema, "p,d,u,r", "p,2024-05-01,3,9.99"))
        .containsEntry("amount", new BigDecimal("9.990000000"));
    assertThat(values(schema, "p,d,u,r", "p,2024-05-01,-3,-9.99"))
        .containsEntry("amount", new BigDecimal("9.990000000"));
    assertThat(raw.cleaned("p,d,u,r", "p,2024-05-01,3,-9.99"))
        .containsExactly(
            new CleanedRecord.Rejected(
                RejectReason.OUT_OF_RANGE,
                "revenue (column r) is -9.99, but units are 3: only a return is negative."));
  }

  @Test
  void aTimeBelongsToTheShopsDay() {
    raw.source(
        "orders",
        """
        {kind: 'sales', files: '*', columns: {product_id: 'p', units: 'u', market: 'm',
         date: {column: 'd', format: "yyyy-MM-dd HH:mm:ss[ XX]"}}}""");
    String header = "p,d,u,m";
    StructType schema = SalesMapper.SCHEMA;
    assertThat(values(schema, header, "p,2024-05-01 23:30:00,1,fr"))
        .containsEntry("day", LocalDate.of(2024, 5, 1));
    assertThat(values(schema, header, "p,2024-05-01 22:30:00 +0000,1,fr"))
        .containsEntry("day", LocalDate.of(2024, 5, 2));
    assertThat(values(schema, header, "p,2024-05-01 22:30:00 +0000,1,uk"))
        .containsEntry("day", LocalDate.of(2024, 5, 1));
  }

  @Test
  void theFirstFilterThatHoldsExcludesBeforeAnythingIsChecked() {
    raw.source(
        "orders",
        """
        {kind: 'sales', files: '*', constants: {market: 'uk'},
         columns: {product_id: {column: 'p', uppercase: true}, date: 'd', units: 'u'},
         filters: [{rule: 'not_a_product', column: 'p', keep_matching: '[0-9]{5}[A-Za-z]{0,2}'},
                   {rule: 'not_a_sale', column: 'u', keep_above: 0},
                   {rule: 'cancelled', column: 's', drop_matching: '(?i)cancelled'}]}""");
    String header = "p,d,u,s";
    assertThat(
            raw.cleaned(
                header,
                "POST,never,-1,cancelled",
                "x12345,2024-05-01,1,",
                ",2024-05-01,1,",
                " 12345 ,never, 0 ,",
                "12345,2024-05-01,-0.5,",
                "12345,never,1, Cancelled "))
        .containsExactly(
            new CleanedRecord.Excluded("not_a_product"),
            new CleanedRecord.Excluded("not_a_product"),
            new CleanedRecord.Excluded("not_a_product"),
            new CleanedRecord.Excluded("not_a_sale"),
            new CleanedRecord.Excluded("not_a_sale"),
            new CleanedRecord.Excluded("cancelled"));
    assertThat(raw.cleaned(header, "12345,2024-05-01,one,"))
        .first()
        .isInstanceOf(CleanedRecord.Rejected.class);
    assertThat(values(SalesMapper.SCHEMA, header, "12345ab,2024-05-01,1,not cancelled"))
        .containsEntry("product_id", "12345AB");
  }

  @Test
  void aProductKeepsItsValues() {
    raw.source("products", PRODUCTS);
    Map<String, Object> product =
        values(
            CatalogMapper.SCHEMA,
            PRODUCTS_HEADER,
            "p,12.5,2024-05-10,Yes,2024-12-31,uk,GBP, Red  Dress;summer\u00a0DRESS;;red dress,red, ");
    assertThat(product)
        .containsEntry("price", new BigDecimal("12.500000000"))
        .containsEntry("currency", "GBP")
        .containsEntry("launch_date", LocalDate.of(2024, 5, 10))
        .containsEntry("discontinued_on", LocalDate.of(2024, 12, 31))
        .containsEntry("in_stock", true)
        .containsEntry("launch_censored", false)
        .containsEntry("inferred", false);
    assertThat((String[]) product.get("keywords")).containsExactly("red dress", "summer dress");
    assertThat((Row[]) product.get("attributes"))
        .containsExactly(RowFactory.create("color", "red"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "p,1,,maybe,,uk,,,,|BAD_BOOLEAN|in_stock (column stock) is `maybe`, which is not a"
            + " boolean such as true, false, yes, no, 1 or 0.",
        "p,1,9999-12-31,,,uk,,,,|OUT_OF_RANGE|launch_date (column launch) is 9999-12-31, which is"
            + " not between 1990-01-01 and 2099-12-31.",
        "p,-1,,,,uk,,,,|OUT_OF_RANGE|price (column price) is `-1`, which is negative.",
        "p,1,,,soon,uk,,,,|BAD_DATE|discontinued_on (column end) is `soon`, which is not a date of the"
            + " form yyyy-MM-dd.",
        "p,1,,,,us,,,,|UNKNOWN_MARKET|market (column shop) is `us`, which is not one of the"
            + " configured markets [uk, fr].",
      })
  void aDefectiveProductIsRejected(String record, RejectReason reason, String detail) {
    raw.source("products", PRODUCTS);
    assertThat(raw.cleaned(PRODUCTS_HEADER, record))
        .containsExactly(new CleanedRecord.Rejected(reason, detail));
  }

  @Test
  void aProductKeepsItsOrderTerms() {
    raw.source("products", TERMS);
    assertThat(
            values(
                CatalogMapper.SCHEMA,
                TERMS_HEADER,
                "p,,7.5,14,24.0,6,Acme,.25,https://x/p.jpg,https://x/p"))
        .containsEntry("unit_cost", new BigDecimal("7.500000000"))
        .containsEntry("currency", "GBP")
        .containsEntry("lead_time_days", 14L)
        .containsEntry("moq", 24L)
        .containsEntry("pack_size", 6L)
        .containsEntry("supplier", "Acme")
        .containsEntry("salvage_rate", 0.25)
        .containsEntry("image_url", "https://x/p.jpg")
        .containsEntry("url", "https://x/p");
    assertThat(values(CatalogMapper.SCHEMA, TERMS_HEADER, "p,9,,,,,,,,"))
        .doesNotContainKeys("unit_cost", "lead_time_days", "moq", "pack_size", "supplier")
        .doesNotContainKeys("salvage_rate", "image_url", "url");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "p,,-1,,,,,,,|unit_cost (column cost) is `-1`, which is negative.",
        "p,,,-1,,,,,,|lead_time_days (column lead) is `-1`, which is not a whole number from 0 on:"
            + " leave it empty if it is unknown.",
        "p,,,1001,,,,,,|lead_time_days (column lead) is `1001`, which is beyond the limit of 1000.",
        "p,,,,0,,,,,|moq (column min) is `0`, which is not a whole number from 1 on: leave it empty"
            + " if it is unknown.",
        "p,,,,,2.5,,,,|pack_size (column pack) is `2.5`, which is not a whole number from 1 on:"
            + " leave it empty if it is unknown.",
        "p,,,,,,,1.1,,|salvage_rate (column salvage) is `1.1`, which is beyond the limit of 1.",
      })
  void impossibleOrderTermsAreRejected(String record, String detail) {
    raw.source("products", TERMS);
    assertThat(raw.cleaned(TERMS_HEADER, record))
        .containsExactly(new CleanedRecord.Rejected(RejectReason.OUT_OF_RANGE, detail));
  }

  @ParameterizedTest
  @CsvSource({
    "'{}',2024-05-10,2024-05-11T00:00:00Z",
    "'{known_before_launch: \"28d\"}',2024-05-10,2024-04-12T00:00:00Z",
    "'{known_before_launch: \"28d\"}','',1970-01-01T00:00:00Z",
    "'{}','',1970-01-01T00:00:00Z"
  })
  void withoutPullAProductIsKnownByItsLaunch(String catalog, String launch, Instant available) {
    raw.source("products", PRODUCTS).catalog(catalog);
    String record = "p,1," + launch + ",,,all,,,,";
    assertThat(values(CatalogMapper.SCHEMA, PRODUCTS_HEADER, record))
        .containsEntry("available_at", available)
        .containsEntry("available_assumed", true);
  }

  @Test
  void withAPullAProductIsKnownFromThePull() {
    raw.source("products", PRODUCTS).catalog("{known_before_launch: '28d'}");
    RawFile file =
        new RawFile(
            "products", "f", "f", 1, "", null, PullTime.of("pulled_at=2024-05-01T06:30:00Z/f"));
    CleanedRecord cleaned = raw.cleaned(file, PRODUCTS_HEADER, "p,1,2024-05-10,,,all,,,,").get(0);
    assertThat(values(CatalogMapper.SCHEMA, cleaned))
        .containsEntry("available_at", Instant.parse("2024-05-01T06:30:00Z"))
        .containsEntry("available_assumed", false);
  }

  @Test
  void anotherCurrencyThanTheMarketsIsRefused() {
    raw.source("products", PRODUCTS);
    assertThatThrownBy(() -> raw.cleaned(PRODUCTS_HEADER, "p,1,,,,uk,EUR,,,"))
        .hasMessage(
            "a.csv (source products) has money in EUR in market uk, whose currency is GBP: filter"
                + " these records out or map them to a market of their own.");
    assertThat(raw.cleaned(PRODUCTS_HEADER, "p,1,,,,all,EUR,,,"))
        .first()
        .isInstanceOf(CleanedRecord.Accepted.class);
  }

  @Test
  void aTrendValueKeepsItsValues() {
    raw.source("google_trends", TRENDS);
    assertThat(values(TrendsMapper.SCHEMA, "k,d,v", " Red \t Dress ,2024-05-06,57.5"))
        .containsEntry("metric", "value")
        .containsEntry("keyword", "red dress")
        .containsEntry("geo", "all")
        .containsEntry("day", LocalDate.of(2024, 5, 6))
        .containsEntry("period_days", 7L)
        .containsEntry("value", 57.5)
        .containsEntry("pull_id", "0123456789abcdef")
        .containsEntry("available_at", Instant.parse("2024-05-13T00:00:00Z"));
    assertThat(values(TrendsMapper.SCHEMA, "k,d,v", "x,2024-05-06,<1")).containsEntry("value", 0.5);
    assertThat(raw.cleaned("k,d,v", "x,2024-05-06,-1"))
        .containsExactly(
            new CleanedRecord.Rejected(
                RejectReason.OUT_OF_RANGE, "value (column v) is `-1`, which is negative."));
  }

  @Test
  void aTrendOfAPeriodThatWasNotOverIsLeftOut() {
    raw.source("google_trends", TRENDS);
    CleanedRecord.Excluded incomplete = new CleanedRecord.Excluded("incomplete_period");
    assertThat(raw.cleaned("k,d,v", "x,2024-05-27,5")).containsExactly(incomplete);
    RawFile monday =
        new RawFile("t", "f", "f", 1, "", null, PullTime.of("pulled_at=2024-05-20T00:00:00Z/f"));
    assertThat(values(TrendsMapper.SCHEMA, raw.cleaned(monday, "k,d,v", "x,2024-05-13,5").get(0)))
        .containsEntry("pull_id", "pulled_at=2024-05-20T00:00:00Z");
    RawFile sunday = new RawFile("t", "f", "f", 1, "", null, PullTime.of("pulled_at=2024-05-19/f"));
    assertThat(raw.cleaned(sunday, "k,d,v", "x,2024-05-13,5")).containsExactly(incomplete);
    assertThat(values(TrendsMapper.SCHEMA, raw.cleaned(sunday, "k,d,v", "x,2024-05-06,5").get(0)))
        .containsEntry("available_at", Instant.parse("2024-05-20T00:00:00Z"));
    assertThat(raw.cleaned(sunday, "k,d,v", "x,2024-05-21,5"))
        .first()
        .isInstanceOf(CleanedRecord.Rejected.class);
  }

  @ParameterizedTest
  @CsvSource({
    "day,0d,2024-05-02T00:00:00Z",
    "day,36h,2024-05-03T12:00:00Z",
    "week,0d,2024-05-08T00:00:00Z",
    "week,2d,2024-05-10T00:00:00Z"
  })
  void withoutPullARowIsKnownAtTheEndOfItsPeriodPlusTheLag(
      String period, String lag, Instant available) {
    raw.source(
        "orders",
        """
        {kind: 'sales', files: '*', constants: {market: 'fr'}, period: '%s', lag: '%s',
         columns: {product_id: 'p', date: 'd', units: 'u'}}"""
            .formatted(period, lag));
    assertThat(values(SalesMapper.SCHEMA, "p,d,u", "p,2024-05-01,1"))
        .containsEntry("available_at", available);
  }

  @Test
  void aMissingOrRepeatedColumnIsRefused() {
    raw.source("orders", RawFolder.LINES);
    assertThatThrownBy(() -> raw.cleaned("order,sku,day,Qty,price,shop,title"))
        .hasMessage(
            "a.csv (source orders) has no column qty: its columns are [order, sku, day, Qty, price,"
                + " shop, title].");
    assertThatThrownBy(() -> raw.cleaned("order,sku,day,qty,price,shop,title,qty"))
        .hasMessage("a.csv (source orders) has several columns named qty: give each its own name.");
    assertThat(raw.cleaned("order,sku,day,qty,price,shop,title,x,x", "o,p,2024-05-01,1,1,uk,t,,"))
        .first()
        .isInstanceOf(CleanedRecord.Accepted.class);
  }

  private Map<String, Object> sold(String record) {
    return values(SalesMapper.SCHEMA, RawFolder.LINES_HEADER, record);
  }

  private Map<String, Object> values(StructType schema, String header, String record) {
    return values(schema, raw.cleaned(header, record).get(0));
  }

  /** Returns the values of an accepted record by name, without null values. */
  private static Map<String, Object> values(StructType schema, CleanedRecord cleaned) {
    assertThat(cleaned).isInstanceOf(CleanedRecord.Accepted.class);
    Row row = ((CleanedRecord.Accepted) cleaned).value();
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < row.size(); i++) {
      if (!row.isNullAt(i)) {
        values.put(schema.fieldNames()[i], row.get(i));
      }
    }
    return values;
  }
}
