package io.trendflow.jobs.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.trendflow.jobs.store.FileTableStore;
import io.trendflow.jobs.store.Sample;
import io.trendflow.jobs.store.SparkSchemas;
import io.trendflow.schemas.Table;
import io.trendflow.testing.SharedSpark;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Tests the digest of a store with three runs of 80 products and one monitoring. */
@ExtendWith(SharedSpark.class)
class DigestFileTest {
  private static final LocalDate TODAY = LocalDate.parse("2026-06-07");
  private static final int PRODUCTS = 80;

  private final SparkSession spark;

  @SuppressWarnings("NullAway.Init") // set before each test
  private FileTableStore store;

  DigestFileTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeEach
  void publish(@TempDir Path folder) {
    store = new FileTableStore(spark, folder.toString());
    publish("old", TODAY.minusDays(35), 0);
    publish("week", TODAY.minusDays(7), 0);
    publish("now", TODAY, 5);
    monitor();
  }

  @Test
  void itHasWhatAnEarlierListBrought() {
    assertThat(html("en"))
        .contains(
            "In the period 4 May 2026 to 31 May 2026, 25 of the first 50 products sold more than",
            "forecast to sell 500 extra units and sold 250 (50&nbsp;%).")
        .contains(">Product &lt;0&gt;<", "Prices of shop uk are 100 times");
    assertThat(html("fr"))
        .contains(
            "Du 4 mai 2026 au 31 mai 2026, 25 des 50 premiers produits",
            "Les prix de shop uk sont 100 fois");
  }

  @Test
  void itHasWhatIsNewAndWhatSlowsDown() throws Exception {
    List<List<String>> tables = tables(html("en"));
    assertThat(tables).hasSize(6);
    assertThat(tables.get(0)).hasSize(10).allMatch(row -> row.startsWith("Product <"));
    assertThat(tables.get(1)).hasSize(10);
    assertThat(tables.get(2)).as("new").hasSize(5).allMatch(row -> row.matches("Product <7.> .*"));
    assertThat(tables.get(3)).as("slowing").hasSize(10);
    assertThat(tables.get(4))
        .containsExactly(
            "act Prices of shop uk are 100 times those of the four weeks before. Check the unit of the prices.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "fr"})
  void aMailClientWithoutStyleSheetsShowsIt(String language) throws Exception {
    String html = html(language);
    assertThat(html)
        .startsWith("<!DOCTYPE html>\n<html lang=\"" + language + "\">")
        .doesNotContain(
            "<style", "grid", "flex", "<script", "http", "<img", "<link", "{0}", "null");
    Element page = document(html);
    assertThat(page.getElementsByTagName("h1").getLength()).isEqualTo(1);
    assertThat(page.getElementsByTagName("main").getLength()).isEqualTo(1);
    NodeList headings = page.getElementsByTagName("th");
    for (int i = 0; i < headings.getLength(); i++) {
      assertThat(((Element) headings.item(i)).getAttribute("scope")).isEqualTo("col");
      assertThat(headings.item(i).getTextContent()).isNotBlank();
    }
  }

  /** The service's tests of pages open the examples in a browser. */
  @ParameterizedTest
  @ValueSource(strings = {"en", "fr"})
  void theExampleIsUpToDate(String language) throws IOException {
    Path example = Path.of("../docs/digest-" + language + ".html");
    if (Boolean.parseBoolean(System.getenv("TRENDFLOW_UPDATE_DOCS"))) {
      Files.writeString(example, html(language));
    }
    assertThat(example).as("run `make docs` if the change is meant").hasContent(html(language));
  }

  @Test
  void bothLanguagesHaveTheSameTexts() throws IOException {
    assertThat(keys("fr")).isEqualTo(keys("en"));
  }

  @Test
  void aStoreWithLittleToTellHasADigestToo(@TempDir Path empty) {
    store = new FileTableStore(spark, empty.toString());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> html("en"))
        .withMessage("No run was published with data up to 2026-06-07: run score first.");
    publish("first", TODAY, 0);
    assertThat(html("en"))
        .contains("No forecast period is over yet.", "The data have not been checked yet.")
        .doesNotContain("New in the list");
  }

  private String html(String language) {
    return DigestFile.html(store, TODAY, language);
  }

  private static Set<String> keys(String language) throws IOException {
    Properties texts = new Properties();
    try (InputStream in =
        Objects.requireNonNull(
            DigestFile.class.getResourceAsStream("digest_" + language + ".properties"))) {
      texts.load(in);
    }
    return texts.stringPropertyNames();
  }

  /** Returns the rows of each table of data as texts, without its head. */
  private static List<List<String>> tables(String html) throws Exception {
    NodeList all = document(html).getElementsByTagName("table");
    List<List<String>> tables = new ArrayList<>();
    for (int i = 1; i < all.getLength(); i++) {
      List<String> lines = new ArrayList<>();
      NodeList rows = ((Element) all.item(i)).getElementsByTagName("tr");
      for (int row = 1; row < rows.getLength(); row++) {
        NodeList cells = ((Element) rows.item(row)).getElementsByTagName("td");
        List<String> texts = new ArrayList<>();
        for (int cell = 0; cell < cells.getLength(); cell++) {
          texts.add(cells.item(cell).getTextContent());
        }
        lines.add(String.join(" ", texts));
      }
      tables.add(lines);
    }
    return tables;
  }

  /** Parses the page as XML, which it is but for its void elements. */
  private static Element document(String html) throws Exception {
    String xml =
        html.replaceAll("<meta [^>]*>", "").replace("&nbsp;", " ").replace("<!DOCTYPE html>", "");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)))
        .getDocumentElement();
  }

  /** Publishes a run whose list begins with other products by a number of places. */
  private void publish(String run, LocalDate asOf, int moved) {
    List<Row> rows = new ArrayList<>();
    for (int place = 0; place < PRODUCTS; place++) {
      Map<String, Object> values = forecast(run, asOf, Math.floorMod(place - moved, PRODUCTS));
      values.put("rank", 1L + place);
      double uplift = place < 50 ? 10.0 : -1.0 * place;
      values.put("expected_units", 100 + uplift);
      values.put("uplift_units", uplift);
      rows.add(Sample.row(Table.SCORES, values));
    }
    var unused = store.append(Table.SCORES, run, Sample.rows(spark, Table.SCORES, rows));
    Map<String, Object> values = new HashMap<>();
    values.put("run_id", run);
    values.put("as_of", asOf);
    values.put("horizon_days", 28L);
    values.put("published_at", Instant.parse("2026-06-08T00:00:00Z"));
    store.commit(Table.RUNS, run, Sample.of(spark, Table.RUNS, values));
  }

  private static Map<String, Object> forecast(String run, LocalDate asOf, int product) {
    Map<String, Object> values = new HashMap<>();
    values.put("run_id", run);
    values.put("as_of", asOf);
    values.put("market", "uk");
    values.put("product_id", "p" + product);
    values.put("name", "Product <" + product + ">");
    values.put("horizon_days", 28L);
    values.put("baseline_units", 100.0);
    values.put("lower_units", 90.0);
    values.put("upper_units", 120.0);
    return values;
  }

  /** Monitors the oldest run: of two products, one sells 10 more than usual and one as usual. */
  private void monitor() {
    List<Row> rows = new ArrayList<>();
    for (int product = 0; product < PRODUCTS; product++) {
      Map<String, Object> values = forecast("old", TODAY.minusDays(35), product);
      values.put("monitor_id", "m");
      values.put("rank", 1L + product);
      values.put("expected_units", 110.0);
      values.put("actual_units", product % 2 == 0 ? 110.0 : 100.0);
      values.put("hit", product % 2 == 0);
      rows.add(Sample.row(Table.OUTCOMES, values));
    }
    var unused = store.append(Table.OUTCOMES, "m", Sample.rows(spark, Table.OUTCOMES, rows));
    Map<String, Object> price = new HashMap<>();
    price.put("monitor_id", "m");
    price.put("area", "source");
    price.put("subject", "shop uk");
    price.put("metric", "price");
    price.put("level", "alert");
    price.put("value", 100.0);
    Row fine =
        Sample.row(Table.FINDINGS, Map.of("monitor_id", "m", "metric", "silence", "level", "ok"));
    var unusedFindings =
        store.append(
            Table.FINDINGS,
            "m",
            Sample.rows(spark, Table.FINDINGS, List.of(Sample.row(Table.FINDINGS, price), fine)));
    StructType schema = SparkSchemas.of(Table.MONITORS);
    StructType result = (StructType) ((ArrayType) schema.apply("results").dataType()).elementType();
    Object[] counts = new Object[result.size()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] =
          switch (result.fields()[i].dataType().typeName()) {
            case "string" -> "old";
            case "date" -> TODAY;
            case "double" -> 1.0;
            default -> 1L;
          };
    }
    store.commit(
        Table.MONITORS,
        "m",
        Sample.of(
            spark,
            Table.MONITORS,
            Map.of(
                "monitor_id",
                "m",
                "as_of",
                TODAY,
                "results",
                new Object[] {RowFactory.create(counts)})));
  }
}
