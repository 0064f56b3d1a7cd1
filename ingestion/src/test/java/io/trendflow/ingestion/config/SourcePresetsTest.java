package io.trendflow.ingestion.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trendflow.ingestion.raw.RawFolder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every preset, on a small file as its exporter writes it. */
class SourcePresetsTest {
  private static final String TREND_FIELDS = "keyword geo metric day period_days value";
  private static final String PRODUCT_FIELDS =
      "product_id name category brand price currency in_stock launch_date";

  private final RawFolder raw;

  SourcePresetsTest(@TempDir Path root) {
    this.raw = new RawFolder(root);
  }

  static List<String> names() {
    return SourcePresets.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyPresetIsAValidSource(String preset) {
    String more = preset.equals("google-trends-widget") ? ", constants: {keyword: 'x'}" : "";
    raw.preset("s", preset, "{files: '*'" + more + "}");
  }

  @Test
  void anUnknownPresetIsRefused() {
    assertThatThrownBy(() -> SourcePresets.yaml("magento"))
        .hasMessageStartingWith("preset is `magento`: use one of [best-sellers-transfer,");
  }

  @Test
  void googleTrendsAsItsPageExportedIt() {
    raw.preset("s", "google-trends", "{files: '*'}")
        .lines(
            "a.csv",
            "Category: All categories",
            "",
            "Week,red dress: (United Kingdom),\"boots, brown: (United Kingdom)\"",
            "2024-05-05,<1,40",
            "2024-05-12,3,",
            "2024-05-19,100,41");
    assertThat(raw.records(TREND_FIELDS))
        .containsExactly(
            "red dress GB interest 2024-05-05 7 0.5",
            "boots, brown GB interest 2024-05-05 7 40.0",
            "red dress GB interest 2024-05-12 7 3.0",
            "rejected missing_value",
            "red dress GB interest 2024-05-19 7 100.0",
            "boots, brown GB interest 2024-05-19 7 41.0",
            "read 6");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // The new form, without preamble and place; a spreadsheet; pytrends; other languages.
        "\"Time\",\"pen\"\n\"2024-03-01\",1\n\"2024-04-01\",2\n",
        "Month,pen: (Worldwide)\n2024-03,1\n2024-04,2\n",
        "date,pen,isPartial\n2024-03-01,1,False\n2024-04-01,2,False\n2024-05-01,9,True\n",
        "\uFEFFCatégorie : Toutes\n\nMois,pen : (Dans le monde entier)\n2024-03,1\n2024-04,2\n",
        "Kategori: Semua kategori\n\nBulan,pen: (Seluruh dunia)\n2024-03,1\n2024-04,2\n",
        "类别：所有类别\n\n月,pen：(全球)\n2024-03,1\n2024-04,2\n"
      })
  void googleTrendsInItsOtherForms(String text) {
    raw.preset("s", "google-trends", "{files: '*'}").text("a.csv", text);
    assertThat(raw.records(TREND_FIELDS))
        .contains("pen all interest 2024-03-01 31 1.0", "pen all interest 2024-04-01 30 2.0")
        .noneMatch(line -> line.contains("9.0"));
  }

  @Test
  void aSpreadsheetsDelimiterIsConfigured() {
    raw.preset(
            "s", "google-trends", "{files: '*', format: {type: 'google_trends', delimiter: ';'}}")
        .text("a.csv", "Week;pen: (Worldwide)\r\n29/04/2024;1\r\n06/05/2024;2\r\n");
    assertThat(raw.records("day")).containsExactly("2024-04-29", "2024-05-06", "read 2");
  }

  @Test
  void aSpreadsheetsOrderOfDayAndMonthIsToldByTheDistanceOfTheLines() {
    raw.preset("s", "google-trends", "{files: '*', constants: {geo: 'FR'}}")
        .lines("a.csv", "Week,pen", "3/3/2024,1", "3/10/2024,2", "3/17/2024,3");
    assertThat(raw.records("geo day period_days"))
        .containsExactly("FR 2024-03-03 7", "FR 2024-03-10 7", "FR 2024-03-17 7", "read 3");
  }

  @Test
  void theLastPeriodOfAPullDoesNotCountUntilItIsOver() {
    raw.preset("s", "google-trends", "{files: '**'}")
        .lines(
            "pulled_at=2024-05-22T08:00:00Z/a.csv",
            "Week,pen: (France)",
            "2024-05-05,1",
            "2024-05-12,2",
            "2024-05-19,1");
    assertThat(raw.records("day"))
        .containsExactly("2024-05-05", "2024-05-12", "excluded incomplete_period", "read 3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Time,pen: (France)\n2024-03-01T00,1\n2024-03-01T01,2\n|the time of day `2024-03-01T00`",
        "Wilayah,pen: (12/12/18 - 12/12/23)\nJakarta,100\nBali,31\n|no line that begins with a date",
        "Month,pen\n1/3/2024,1\n1/4/2024,2\n1/5/2024,3\n|ambiguous order of day and month",
        "Week,pen\n1/2/2024,1\n|that are not consecutive days, weeks or months",
        "Week,pen\n2024-03-03,1\n2024-03-10,2\n2024-03-24,3\n|that are not consecutive days, weeks or months",
        "Category: All categories\n\n|no line that begins with a date",
        "month,pen\n0.23,2018-01\n0.25,2018-02\n|no line that begins with a date"
      })
  void whatIsNoInterestOverTimeIsRefused(String textAndReason) {
    String[] parts = textAndReason.split("\\|", -1);
    raw.preset("s", "google-trends", "{files: '*'}").text("a.csv", parts[0]);
    assertThat(raw.records("day"))
        .singleElement()
        .asString()
        .startsWith("refused a.csv (source s) has ")
        .contains(parts[1]);
  }

  @Test
  void googleTrendsWidget() {
    raw.preset("s", "google-trends-widget", "{files: '*', constants: {keyword: 'pen', geo: 'GB'}}")
        .text(
            "a.json",
            """
            )]}',
            {"default":{"timelineData":[
              {"time":"1714521600","value":[50],"hasData":[true]},
              {"time":"1714608000","value":[0],"hasData":[false]},
              {"time":"1714694400","value":[60],"hasData":[true],"isPartial":true}]}}""");
    assertThat(raw.records(TREND_FIELDS))
        .containsExactly(
            "pen GB interest 2024-05-01 1 50.0",
            "excluded no_data",
            "excluded marked_partial",
            "read 3");
  }

  @Test
  void serpApi() {
    raw.preset("s", "serpapi", "{files: '*'}")
        .text(
            "a.json",
            """
            {"search_parameters": {"q": "pen,ink", "geo": "CH"}, "interest_over_time":
             {"timeline_data": [
               {"date": "Apr 7 - 13, 2024", "timestamp": "1712448000", "values":
                 [{"query": "Pen", "value": "<1", "extracted_value": 0},
                  {"query": "Ink", "value": "12", "extracted_value": 12}]},
               {"date": "Apr 14 - 20, 2024", "timestamp": "1713052800", "partial_data": true,
                "values": [{"query": "Pen", "value": "3", "extracted_value": 3}]}]}}""");
    assertThat(raw.records(TREND_FIELDS))
        .containsExactly(
            "pen CH interest 2024-04-07 7 0.0",
            "ink CH interest 2024-04-07 7 12.0",
            "excluded marked_partial",
            "read 3");
  }

  @Test
  void tikTokCreativeCenter() {
    raw.preset("s", "tiktok-creative-center", "{files: '*'}")
        .lines(
            "a.csv",
            "\"hashtag_name\",\"country\",\"rank\",\"video_views\",\"publish_count\",\"crawl_date\"",
            "\"Pens\",\"Malaysia\",1,141974023,1102,\"2024-05-30\"");
    assertThat(raw.records(TREND_FIELDS))
        .containsExactly(
            "pens MY video_views 2024-05-30 1 1.41974023E8",
            "pens MY publish_count 2024-05-30 1 1102.0",
            "read 2");
  }

  @Test
  void tikTokCreativeCenterApi() {
    String json =
        "{\"code\":0,\"data\":{\"list\":[{\"hashtag_name\":\"pens\",\"publish_cnt\":100,"
            + "\"video_views\":2000,\"industry_info\":{\"value\":\"Education\"}}]}}";
    raw.preset("s", "tiktok-creative-center-api", "{files: '**', constants: {geo: 'MY'}}")
        .text("pulled_at=2024-05-30T06:00:00Z/a.json", json);
    assertThat(raw.records(TREND_FIELDS))
        .containsExactly(
            "pens MY video_views 2024-05-30 1 2000.0",
            "pens MY publish_count 2024-05-30 1 100.0",
            "read 2");
  }

  @Test
  void aListWithoutDatesNeedsAPull() {
    raw.preset("s", "tiktok-creative-center-api", "{files: '*'}")
        .text("a.json", "{\"data\":{\"list\":[]}}");
    assertThat(raw.records("day"))
        .singleElement()
        .asString()
        .startsWith("refused a.json (source s) has no dates: map a");
  }

  @Test
  void tikTokResearch() {
    raw.preset("s", "tiktok-research", "{files: '*'}")
        .text(
            "a.json",
            """
            {"data":{"videos":[
              {"id":"1","create_time":1714521600,"region_code":"US","view_count":100,
               "hashtag_names":["pen","ink"]},
              {"id":"2","create_time":1714521700,"region_code":"US","view_count":20,
               "hashtag_names":["pen"]}],"cursor":2}}""");
    assertThat(raw.records(TREND_FIELDS))
        .containsExactly(
            "pen US video_views 2024-05-01 1 100.0",
            "ink US video_views 2024-05-01 1 100.0",
            "pen US video_views 2024-05-01 1 20.0",
            "read 3");
  }

  @Test
  void shopifyOrders() {
    raw.preset("s", "shopify-orders", "{files: '*', constants: {market: 'uk'}}")
        .lines(
            "a.csv",
            "Name,Email,Financial Status,Currency,Created at,Lineitem quantity,Lineitem name,"
                + "Lineitem price,Lineitem sku,Cancelled at,Vendor",
            "#1001,a@b.c,paid,GBP,2024-05-01 23:30:00 +0000,2,Pen - Red,1.50,PEN-R,,Acme",
            "#1001,a@b.c,,,,1,Ink,4.00,,,Acme",
            "#1002,a@b.c,paid,GBP,2024-05-02 10:00:00 +0000,1,Pen - Red,1.50,PEN-R,"
                + "2024-05-02 11:00:00 +0000,Acme",
            "#1002,a@b.c,,,,1,Ink,4.00,,,Acme");
    assertThat(raw.records("product_id name brand day units amount currency order_id"))
        .containsExactly(
            "PEN-R Pen - Red Acme 2024-05-02 2.0 3.000000000 GBP #1001",
            "Ink Ink Acme 2024-05-02 1.0 4.000000000 GBP #1001",
            "excluded cancelled_order",
            "excluded cancelled_order",
            "read 4");
  }

  @Test
  void shopifyProducts() {
    raw.preset("s", "shopify-products", "{files: '*'}")
        .lines(
            "a.csv",
            "Handle,Title,Vendor,Type,Published,Variant SKU,Variant Price,Image Src,Status,Cost per item",
            "pen,Pen,Acme,Writing,true,PEN-R,1.50,https://x/1.jpg,active,0.60",
            "pen,,,,,PEN-B,1.60,,,",
            "pen,,,,,,,https://x/2.jpg,,",
            "pot,\"Clay pot\nlarge\",Acme,Outdoor,true,,9.99,,active,",
            "pot,,,,,,15.99,,,",
            "old,Old,Acme,Writing,true,OLD,1.00,,archived,");
    assertThat(raw.records("product_id name category brand price unit_cost image_url"))
        .containsExactly(
            "PEN-R Pen Writing Acme 1.500000000 0.600000000 https://x/1.jpg",
            "PEN-B Pen Writing Acme 1.600000000 null null",
            "excluded picture_only",
            "pot Clay pot\nlarge Outdoor Acme 9.990000000 null null",
            "excluded further_variant_without_sku",
            "excluded not_active",
            "read 6");
  }

  @Test
  void wooCommerceProducts() {
    raw.preset("s", "woocommerce-products", "{files: '*', constants: {market: 'uk'}}")
        .lines(
            "a.csv",
            "ID,Type,SKU,Name,Published,\"In stock?\",\"Sale price\",\"Regular price\",Categories,Images",
            "48,simple,woo-beanie,Beanie,1,1,18,20,\"Clothing > Accessories, New\",\"https://x/1.jpg, https://x/2.jpg\"",
            "49,simple,,Belt,1,backorder,,65,Clothing,",
            "50,simple,x,Draft,-1,1,,65,,");
    assertThat(raw.records("product_id name category price in_stock unit_cost image_url"))
        .containsExactly(
            "woo-beanie Beanie Clothing > Accessories 18.000000000 true null https://x/1.jpg",
            "49 Belt Clothing 65.000000000 false null null",
            "excluded not_published",
            "read 3");
  }

  @Test
  void merchantCenter() {
    raw.market("jp", new MarketConfig("JPY", "Asia/Tokyo", null, null))
        .preset("s", "merchant-center", "{files: '*', constants: {market: 'jp'}}")
        .lines(
            "a.tsv",
            "id\ttitle\tavailability\tavailability_date\tprice\tbrand\tgoogle_product_category\tlink\timage_link\tcost_of_goods_sold",
            "T1\t軽量Tシャツ\tin_stock\t\t1980 JPY\tMyBrand\tApparel > Shirts\thttps://x/t1\thttps://x/t1.jpg\t990 JPY",
            "T2\tHat\tpreorder\t2024-07-01T00:00:00+09:00\t15,550.00 JPY\tMyBrand\t\t\t\t");
    assertThat(raw.records(PRODUCT_FIELDS + " unit_cost image_url url"))
        .containsExactly(
            "T1 軽量Tシャツ Apparel > Shirts MyBrand 1980.000000000 JPY true null 990.000000000"
                + " https://x/t1.jpg https://x/t1",
            "T2 Hat null MyBrand 15550.000000000 JPY false 2024-07-01 null null null",
            "read 2");
  }

  @Test
  void merchantCenterAsRss() {
    raw.preset("s", "merchant-center", "{files: '*', format: 'xml', constants: {market: 'fr'}}")
        .text(
            "a.xml",
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Shop</title>
            <item><g:id>123</g:id><g:price>15,550.00 EUR</g:price>
              <g:sale_price>12,550.00 EUR</g:sale_price><g:availability>in_stock</g:availability>
              <g:product_type>Computers</g:product_type><g:brand>A &amp; B</g:brand>
              <title><![CDATA[Mini <b>PC</b>]]></title></item></channel></rss>""");
    assertThat(raw.records(PRODUCT_FIELDS))
        .containsExactly(
            "123 Mini <b>PC</b> Computers A & B 12550.000000000 EUR true null", "read 1");
  }
}
