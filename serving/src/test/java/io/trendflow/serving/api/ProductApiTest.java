package io.trendflow.serving.api;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.trendflow.serving.TestServer;
import io.trendflow.serving.store.Shop;
import io.trendflow.serving.store.StoreFolder;
import io.trendflow.serving.web.ProblemBody;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of products, history, trends, sums, runs, models and quality over HTTP. */
class ProductApiTest {
  private static TestServer server;

  @BeforeAll
  static void start(@TempDir Path folder) {
    server = new TestServer(Shop.publish(new StoreFolder(folder)));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aProductHasItsScoreItsLatestKnownEntryAndWhatEarlierRunsSaid() {
    JsonNode item = items("/products/20000?market=uk").get(0);
    assertThat(item.at("/score/product_id").asText()).isEqualTo(Shop.LANTERN);
    assertThat(item.at("/catalog/attributes/0/value").asText()).isEqualTo("copper");
    assertThat(texts(item.get("history"), "run_id")).containsExactly("r0");
    assertThat(item.at("/history/0/expected_units").asDouble())
        .isCloseTo(item.at("/score/expected_units").asDouble(), within(1e-3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
                       | Searches are down (−10 % units): search interest down 38 % in 4 weeks (Google Trends: lantern) | The low price helps (+2 % units): price 20 % below the median of the category
          de               | Searches are down (−10 % units): search interest down 38 % in 4 weeks (Google Trends: lantern) | The low price helps (+2 % units): price 20 % below the median of the category
          en;q=0.5, fr-CA  | Les recherches diminuent (−10 % d’unités) : intérêt de recherche en baisse de 38 % en 4 semaines (Google Trends : lantern) | Le prix bas est un atout (+2 % d’unités) : prix inférieur de 20 % à la médiane de la catégorie
          """)
  void aScoreSaysWhyInTheLanguageThatIsAskedFor(
      @Nullable String languages, String first, String second) {
    String path = "/api/v1/products/20000?market=uk";
    HttpResponse<String> response =
        languages == null ? server.get(path) : server.get(path, "Accept-Language", languages);
    JsonNode item = TestServer.json(response).at("/items/0");
    assertThat(item.at("/score/reasons/0/feature").asText()).isEqualTo("trend_slope_4");
    assertThat(item.at("/score/reasons/0/keyword").asText()).isEqualTo("lantern");
    assertThat(item.at("/score/families/0/family").asText()).isEqualTo("searches");
    assertThat(item.get("reasons_in_words").valueStream().map(JsonNode::asText))
        .containsExactly(first, second);
    assertThat(response.headers().firstValue("Vary").orElseThrow()).contains("Accept-Language");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-", "*", "fr;q=0", "fr;q=x", "\u00e9"})
  void whatIsNoLanguageIsAnsweredInEnglish(String languages) {
    HttpResponse<String> response =
        server.get("/api/v1/products/20000?market=uk", "Accept-Language", languages);
    assertThat(TestServer.json(response).at("/items/0/reasons_in_words/0").asText())
        .startsWith("Searches are");
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";;;"})
  void aHeaderThatListsNothingIsABadRequest(String languages) {
    HttpResponse<String> response =
        server.get("/api/v1/products/20000?market=uk", "Accept-Language", languages);
    assertThat(response.statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "dormant-1, uk, dormant",
    "monthly-1, uk, dormant",
    "gone-1, uk, discontinued",
    "gone-1, de, discontinued",
    "soon-1, de, unreleased"
  })
  void aProductWithoutAScoreHasItsLifecycle(String id, String market, String lifecycle) {
    JsonNode item = items("/products/" + id + "?market=" + market).get(0);
    assertThat(item.get("lifecycle").asText()).isEqualTo(lifecycle);
    assertThat(item.get("score").isNull()).isTrue();
  }

  @Test
  void theHistoryIsWhatWasKnownAtAsOf() {
    JsonNode history = items("/products/20000/history?market=uk").get(0);
    assertThat(history.get("weeks")).hasSize(20);
    JsonNode last = history.at("/weeks/19");
    assertThat(last.toString())
        .isEqualTo("{\"first_day\":\"2011-08-25\",\"units\":4.0,\"revenue\":8.0,\"price\":2.0}");
    assertThat(history.at("/weeks/0/units").asDouble()).isEqualTo(19);
    assertThat(texts(history.get("trends"), "keyword")).containsExactly("lantern");
    JsonNode points = history.at("/trends/0/points");
    assertThat(points).hasSize(30);
    assertThat(points.get(29).get("value").asDouble()).isEqualTo(30);
    assertThat(items("/products/20000/history?market=uk&weeks=3").get(0).get("weeks")).hasSize(3);
  }

  @Test
  void plannedEventsAreThoseThatTookPlaceOrAreStillPlanned() {
    JsonNode planned = items("/products/20000/history?market=uk").get(0).get("planned");
    assertThat(planned.valueStream().map(Object::toString))
        .containsExactly(
            event("price", "2011-07-02", "2011-07-12", "-0.1"),
            event("promo", "2011-08-24", "2011-08-28", "0.2"),
            event("promo", "2011-09-03", "2011-09-09", "0.2"),
            event("holiday", "2011-09-20", "2011-09-20", "null"));
    assertThat(texts(items("/products/20000/history?market=de").get(0).get("planned"), "first_day"))
        .contains("2011-09-01")
        .doesNotContain("2011-09-20", "2011-07-02");
    assertThat(
            texts(
                items("/products/20000/history?market=uk&weeks=4").get(0).get("planned"),
                "first_day"))
        .as("of the requested weeks and after them")
        .doesNotContain("2011-07-02")
        .contains("2011-08-24");
  }

  private static String event(String kind, String first, String last, String depth) {
    return "{\"kind\":\"%s\",\"first_day\":\"%s\",\"last_day\":\"%s\",\"depth\":%s}"
        .formatted(kind, first, last, depth);
  }

  @Test
  void aProductWithoutSalesAndTrendsHasAnEmptyHistory() {
    JsonNode history = items("/products/20000/history?market=de").get(0);
    assertThat(history.get("weeks")).isEmpty();
    assertThat(history.get("trends")).isEmpty();
  }

  @Test
  void similarProductsAreOfTheCategoryAndTheNearestComesFirst() {
    JsonNode items = items("/products/20000/similar?market=uk&limit=50");
    assertThat(items).hasSizeGreaterThan(5);
    for (int i = 0; i < items.size(); i++) {
      JsonNode item = items.get(i);
      assertThat(item.at("/score/category").asText()).isEqualTo("Lighting");
      assertThat(item.at("/score/product_id").asText()).isNotEqualTo(Shop.LANTERN);
      assertThat(item.get("distance").asDouble())
          .isEqualTo(
              item.get("price_distance").asDouble() + item.get("attribute_distance").asDouble())
          .isGreaterThanOrEqualTo(i == 0 ? 0 : items.get(i - 1).get("distance").asDouble());
    }
  }

  @Test
  void aLookupKeepsTheOrderAndNamesWhatNobodyKnows() {
    JsonNode items =
        TestServer.json(
                server.post(
                    "/api/v1/products:lookup?market=uk",
                    "{\"ids\": [\"nix\", \"gone-1\", \"20000\", \"nix\"]}"))
            .get("items");
    assertThat(texts(items, "product_id")).containsExactly("nix", "gone-1", "20000");
    assertThat(items.get(0).get("lifecycle").isNull()).isTrue();
    assertThat(items.get(2).at("/score/rank").isNumber()).isTrue();
    assertThat(items.get(2).get("reasons_in_words")).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}",
        "{\"ids\": []}",
        "{\"ids\": null}",
        "{\"ids\": [1]}",
        "{\"ids\": [\"\"]}",
        "{\"ids\": [\"a\"], \"limit\": 3}",
        "{\"ids\": [\"a\"]",
        "[]",
        "ids",
      })
  void aWrongLookupIsRefused(String body) {
    HttpResponse<String> response = server.post("/api/v1/products:lookup", body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    assertThat(response.headers().firstValue("Content-Type")).hasValue(ProblemBody.MEDIA_TYPE);
  }

  @Test
  void pagesOfTrendsTogetherAreTheWholeList() {
    for (String order : List.of("rising", "falling")) {
      String path = "/api/v1/trends?order=" + order;
      JsonNode whole = TestServer.json(server.get(path));
      List<JsonNode> paged = new ArrayList<>();
      String cursor = "";
      do {
        JsonNode page = TestServer.json(server.get(path + "&limit=1" + cursor));
        assertThat(page.get("total")).isEqualTo(whole.get("total"));
        page.get("items").forEach(paged::add);
        cursor =
            page.get("next_cursor").isNull() ? "" : "&cursor=" + page.get("next_cursor").asText();
      } while (!cursor.isEmpty());
      assertThat(paged).hasSize(whole.get("total").asInt()).hasSizeGreaterThan(1);
      assertThat(paged).containsExactlyElementsOf(whole.get("items"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "AAAA"})
  void aCursorOfAnotherListIsRefused(String cursor) {
    HttpResponse<String> response = server.get("/api/v1/trends?cursor=" + cursor);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(TestServer.json(response).get("parameter").asText()).isEqualTo("cursor");
    String rising =
        TestServer.json(server.get("/api/v1/trends?limit=1")).get("next_cursor").asText();
    assertThat(server.get("/api/v1/trends?order=falling&cursor=" + rising).body())
        .contains("the other order");
  }

  @Test
  void trendsMoveByTheirLastFourWeeksOverTheTwelveBefore() {
    JsonNode items = items("/trends");
    assertThat(texts(items, "keyword")).containsExactly("lantern", "kite");
    JsonNode lantern = items.get(0);
    assertThat(lantern.get("change").asDouble()).isEqualTo(.5);
    assertThat(lantern.get("categories").toString()).isEqualTo("[\"Lighting\"]");
    assertThat(texts(items("/trends?order=falling&limit=1"), "keyword")).containsExactly("kite");
    assertThat(texts(items("/trends?category=Lighting&source=google_trends&geo=GB"), "keyword"))
        .containsExactly("lantern");
    assertThat(texts(items("/trends?keyword=KI"), "keyword")).containsExactly("kite");
  }

  @ParameterizedTest
  @CsvSource({"categories", "brands"})
  void sumsAddUpToThoseOfTheMarkets(String what) {
    for (String column :
        List.of(
            "products",
            "expected_units",
            "baseline_units",
            "uplift_units",
            "uplift_revenue",
            "expected_revenue")) {
      for (JsonNode market : items("/markets")) {
        double sum =
            StreamSupport.stream(
                    items("/" + what + "?market=" + market.get("name").asText()).spliterator(),
                    false)
                .mapToDouble(item -> item.get(column).asDouble())
                .sum();
        assertThat(sum).as(column).isCloseTo(market.get(column).asDouble(), within(1e-6));
      }
    }
  }

  @Test
  void runsInHindsightAreHidden() {
    assertThat(texts(items("/runs"), "run_id")).containsExactly("r1", "r0");
  }

  @Test
  void aModelIsWhatHappenedToItLast() {
    JsonNode model = items("/models").get(0);
    assertThat(model.get("event").asText()).isEqualTo("promoted");
    assertThat(model.get("served").asBoolean()).isTrue();
    assertThat(model.at("/metrics/0/value").asDouble()).isEqualTo(.5);
    assertThat(model.at("/metrics/0/standard_error").asDouble()).isEqualTo(.01);
  }

  @Test
  void qualityCountsTheRecordsOfASource() {
    JsonNode orders = items("/quality").get(0);
    assertThat(orders.get("age_days_today").asLong())
        .isEqualTo(ChronoUnit.DAYS.between(LocalDate.parse("2011-08-31"), LocalDate.now(UTC)));
    assertThat(orders.has("age_days")).as("days up to as_of, as in sources").isFalse();
    assertThat(orders.get("read").asInt()).isEqualTo(110);
    assertThat(orders.get("accepted").asInt()).isEqualTo(100);
    assertThat(orders.get("rejections").toString())
        .isEqualTo("[{\"name\":\"bad_date\",\"records\":3}]");
  }

  private static JsonNode items(String path) {
    HttpResponse<String> response = server.get("/api/v1" + path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return TestServer.json(response).get("items");
  }

  private static List<String> texts(JsonNode items, String field) {
    return StreamSupport.stream(items.spliterator(), false)
        .map(item -> item.path(field).asText())
        .filter(text -> !text.isEmpty())
        .toList();
  }
}
