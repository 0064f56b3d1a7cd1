package io.trendflow.ingestion.init;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.trendflow.ingestion.raw.RawFolder;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Drafts of configurations from the content of files. */
class ConfigDraftTest {
  private final Path root;
  private final RawFolder raw;

  ConfigDraftTest(@TempDir Path root) {
    this.root = root;
    this.raw = new RawFolder(root);
  }

  @Test
  void filesOfOneHeaderAreOneSource() {
    raw.lines("orders/2024-01.csv", "order_id,sku,ordered_at,qty,price", "1,A1,2024-01-31,2,1.5")
        .lines("orders/2024-02.csv", "order_id,sku,ordered_at,qty,price", "2,B1,2024-02-01,1,2")
        .lines("products.csv", "sku,title,colour", "A1,Pen,red");
    JsonNode orders = source("orders");
    assertThat(orders.get("kind").asText()).isEqualTo("sales");
    assertThat(orders.get("files").asText()).isEqualTo("orders/*.csv");
    assertThat(orders.get("columns").toString())
        .isEqualTo(
            "{\"product_id\":\"sku\",\"date\":\"ordered_at\",\"units\":\"qty\","
                + "\"unit_price\":\"price\",\"order_id\":\"order_id\"}");
    assertThat(source("products").get("kind").asText()).isEqualTo("catalog");
    assertThat(tree().at("/catalog/infer_from_sales").asBoolean()).isFalse();
  }

  @Test
  void aFrenchSpreadsheetIsReadAsItIsWritten() {
    raw.bytes(
        "ventes.csv",
        "Réf;Désignation;Date vente;Qté;Prix unitaire\nA1;Robe été;31/01/2024;1 200;12,50\n"
            .getBytes(Charset.forName("windows-1252")));
    JsonNode ventes = source("ventes");
    assertThat(ventes.get("format").toString())
        .isEqualTo("{\"type\":\"csv\",\"delimiter\":\";\",\"encoding\":\"windows-1252\"}");
    assertThat(ventes.at("/columns/date/format").asText()).isEqualTo("d/M/yyyy");
    assertThat(ventes.at("/columns/units/group").asText()).isEqualTo(" ");
    assertThat(ventes.at("/columns/unit_price/decimal").asText()).isEqualTo(",");
    assertThat(ventes.at("/columns/name").asText()).isEqualTo("Désignation");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sku;title;cost price;lead time (days);MOQ;pack size;supplier;salvage rate;image url;url",
        "réf;désignation;prix d'achat HT;délai (jours);quantité minimum;colisage;fournisseur;taux de"
            + " récupération;lien image;lien produit",
        "Artikelnummer;Bezeichnung;Einkaufspreis;Lieferzeit in Tagen;Mindestbestellmenge;"
            + "Verpackungseinheit;Lieferant;Restwertquote;Bild-URL;Produktlink"
      })
  void orderTermsAreRecognised(String header) {
    raw.text(
        "products.csv",
        header
            + "\nA1;Mug;2.50;14;24;6;Acme;0.25;https://x/a1.jpg;https://x/a1"
            + "\nA2;Jug;4.75;21;12;4;Acme;0.25;https://x/a2.jpg;https://x/a2");
    List<String> fields = new ArrayList<>();
    source("products").get("columns").fieldNames().forEachRemaining(fields::add);
    assertThat(fields)
        .containsExactly(
            "product_id",
            "name",
            "unit_cost",
            "lead_time_days",
            "moq",
            "pack_size",
            "supplier",
            "salvage_rate",
            "image_url",
            "url");
  }

  @Test
  void anOpenOrderOfDayAndMonthIsNotGuessed() {
    raw.lines("sales.csv", "sku,date,qty", "A1,03/04/2024,1", "A1,05/06/2024,1");
    assertThat(source("sales").get("columns").has("date")).isFalse();
    assertThat(yaml())
        .contains(
            "# date: {column: date, format: \"d/M/yyyy\"}   # 03/04/2024 is 2024-04-03",
            "# date: {column: date, format: \"M/d/yyyy\"}   # 03/04/2024 is 2024-03-04");
    assertThat(draft().open()).isEqualTo(1);
    assertThat(draft().notes())
        .anyMatch(note -> note.contains("the order of day and month is ambiguous"));
  }

  @Test
  void whatIsMissingIsAskedFor() {
    raw.lines("sales.csv", "order_id,sku,date,foo", "1,A1,2024-01-01,x");
    assertThat(yaml())
        .contains("# units: which column is it? It counts the units sold. Unused columns: foo.");
    assertThat(draft().open()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2024-05-31                | ''
          2024-05-31 23:59:59       | ''
          2024-05-31T23:59:59Z      | ''
          31.05.2024                | d.M.yyyy
          5/31/2024 14:05           | M/d/yyyy H:mm
          31/05/24                  | d/M/yy
          31 May 2024               | d MMM yyyy
          20240531                  | yyyyMMdd
          1717113600                | epoch_seconds
          2024-05-31 23:30:00 +0000 | yyyy-M-d HH:mm:ss xx
          """)
  void aFormOfDates(String text, String format) {
    assertThat(DateGuess.of(List.of(text), true).formats()).containsExactly(format);
  }

  @ParameterizedTest
  @ValueSource(strings = {"85123A", "red", "12.5", "2024", "99999999", "31/02/2024"})
  void whatIsNoDate(String text) {
    assertThat(DateGuess.of(List.of(text), true).isDate()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1.5 -2 3e2      | . |   |
          1,234.50 12.00  | . | , |
          1.234,50 12,00  | , | . |
          0,5 12,25       | , |   |
          £1.50 £12.00    | . |   | yes
          12,50€ 1.200,00€ | , | . | yes
          """)
  void aFormOfNumbers(String texts, String decimal, String group, String money) {
    NumberForm form =
        NumberGuess.of(List.of(texts.split(" ")), NumberForm.NEARLY_ALL, null).forms().get(0);
    assertThat(form.decimal()).isEqualTo(decimal);
    assertThat(form.group()).isEqualTo(group);
    assertThat(form.symbol() != null).isEqualTo(money != null);
  }

  @Test
  void weeksOfOneProductAreWeeks() {
    StringBuilder text = new StringBuilder("sku,date,qty\n");
    for (int week = 0; week < 12; week++) {
      text.append("A,").append(LocalDate.parse("2024-01-01").plusWeeks(week));
      text.append(",1\nB,").append(LocalDate.parse("2024-01-03").plusWeeks(week));
      text.append(",1\n");
    }
    raw.text("sales.csv", text.toString());
    assertThat(source("sales").get("period").asText()).isEqualTo("week");
  }

  @Test
  void returnsZeroPricesAndPostageAreShownAndNegativePricesLeftOut() {
    StringBuilder text = new StringBuilder("sku,date,qty,price\n");
    for (int i = 0; i < 40; i++) {
      text.append("A").append(i).append(",2024-01-01,1,2\n");
    }
    raw.text("sales.csv", text + "POST,2024-01-01,-1,-2\nA1,2024-01-01,1,0\n");
    assertThat(source("sales").get("filters").toString())
        .isEqualTo("[{\"rule\":\"no_price\",\"column\":\"price\",\"keep_above\":0}]");
    assertThat(yaml()).contains("2.4 % of the units are negative", "may not be products (POST)");
  }

  @Test
  void columnsThatTrendsSearchForAreKeywords() {
    raw.lines("t.csv", "date,keyword,geo,interest", "2024-01-01,Red,FR,5", "2024-01-01,Blue,FR,5")
        .lines("p.csv", "product_id,name,color", "1,x,red", "2,y,blue");
    assertThat(source("p").get("keywords").toString()).isEqualTo("[\"color\"]");
    assertThat(source("t").get("kind").asText()).isEqualTo("trends");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          google-trends | Week,red dress: (France);2024-05-05,1;2024-05-12,3
          google-trends | 类别：所有类别;;月,pen：(全球);2024-03,1;2024-04,2
          google-trends | date,bio gemüse;2021-01-17,37;2021-01-24,29
          shopify-orders | Name,Financial Status,Currency,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Cancelled at
          woocommerce-products | ID,SKU,Name,Published,"In stock?","Sale price","Regular price",Categories
          merchant-center | <rss><channel><item><id>1</id><title>a</title><price>1 EUR</price><availability>in_stock</availability></item></channel></rss>
          tiktok-creative-center | hashtag_name,country,rank,video_views,publish_count,crawl_date
          tiktok-research | {"data":{"videos":[{"hashtag_names":["a"]}]}}
          serpapi | {"interest_over_time":{"timeline_data":[{"values":[]}]}}
          merchant-best-sellers | {"results":[{"bestSellersProductClusterView":{"title":"a"}}]}
          """)
  void aPresetIsRecognised(String preset, String text) {
    raw.text("file.txt", text.replace(";", "\n"));
    assertThat(source("file").get("preset").asText()).isEqualTo(preset);
  }

  @Test
  void whatNobodyReadsIsSaid() {
    raw.text("a/empty.csv", "")
        .text("book.xlsx", "PK\u0003\u0004")
        .lines("values.csv", "1,2,3", "4,5,6")
        .lines("people.csv", "first,last", "A,B");
    assertThat(draft().notes())
        .contains(
            "a/empty.csv belongs to no source: it is empty.",
            "book.xlsx belongs to no source: it is an archive, or a spreadsheet that is not .xlsx:"
                + " unpack it, or save its sheet as .xlsx or CSV.",
            "values.csv belongs to no source: its first line is not a header: add a line that names the"
                + " columns.")
        .anyMatch(note -> note.startsWith("people.csv belongs to no source: its column names"));
    assertThat(tree().get("sources").size()).isZero();
  }

  @Test
  void anEmptyFolderIsRefused() {
    assertThatThrownBy(this::draft).hasMessageContaining("contains no files");
  }

  @Test
  void textFromFilesCannotBreakTheYaml() {
    raw.text("a #b.csv", "sku: #1,date,\"qty\"\"\n- x\"\nA,2024-01-01,1\n")
        .text("c.csv", "sku,date,qty\n\"A\n- b: {\",2024-01-01,1\n");
    assertThat(source("c").at("/columns/product_id").asText()).isEqualTo("sku");
  }

  @ParameterizedTest
  @CsvSource({
    "plain, UTF-8, US-ASCII",
    "été, UTF-8, UTF-8",
    "prix d’été, windows-1252, windows-1252",
    "Größe;Menge;Preis, windows-1252, windows-1252",
    "date;quantité;désignation, ISO-8859-1, windows-1252",
    "sku;qty, UTF-16, UTF-16"
  })
  void theEncodingOfATextIsGuessed(String text, String written, String guessed) {
    byte[] bytes = (text + "\n" + text).getBytes(Charset.forName(written));
    assertThat(EncodingGuess.of(bytes)).isEqualTo(guessed);
  }

  @Test
  void aTextMayEndWithinACharacter() {
    byte[] bytes = "désignation;été;é".getBytes(UTF_8);
    assertThat(EncodingGuess.of(Arrays.copyOf(bytes, bytes.length - 1))).isEqualTo("UTF-8");
  }

  private ConfigDraft draft() {
    return ConfigDraft.of(new Configuration(), root.toString());
  }

  private String yaml() {
    return draft().yaml("raw", "store");
  }

  private JsonNode tree() {
    try {
      return new YAMLMapper().readTree(yaml());
    } catch (JsonProcessingException e) {
      throw new AssertionError(yaml(), e);
    }
  }

  private JsonNode source(String name) {
    JsonNode source = tree().at("/sources/" + name);
    assertThat(source.isObject()).as(yaml()).isTrue();
    return Objects.requireNonNull(source);
  }
}
