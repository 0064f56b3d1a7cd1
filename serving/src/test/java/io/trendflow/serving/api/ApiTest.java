package io.trendflow.serving.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.trendflow.schemas.Table;
import io.trendflow.schemas.TableField;
import io.trendflow.serving.TestServer;
import io.trendflow.serving.store.Copies;
import io.trendflow.serving.store.Samples;
import io.trendflow.serving.store.ScoreRecord;
import io.trendflow.serving.store.StoreFolder;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of the API over HTTP. */
class ApiTest {
  private static final String LIST = "/api/v1/recommendations";
  private static final List<String> STRANGE_IDS =
      List.of(
          "a/b",
          "..",
          "50% off",
          "größe 38–40",
          "日本",
          "'; DROP TABLE x; --",
          "a+b c?d=e&f#g",
          "c++");

  private static TestServer server;

  @BeforeAll
  static void start(@TempDir Path folder) {
    StoreFolder store = new StoreFolder(folder);
    List<ScoreRecord> scores = new ArrayList<>(Samples.scores("r1", 60));
    for (int i = 0; i < STRANGE_IDS.size(); i++) {
      scores.set(i, Copies.with(scores.get(i), "productId", STRANGE_IDS.get(i)));
    }
    store.publish(Samples.run("r1", 120), scores);
    server = new TestServer(store);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void theListSaysWhichRunItIsFrom() {
    JsonNode body = json(LIST + "?limit=1");
    assertThat(fieldNames(body))
        .containsExactly(
            "as_of",
            "run_id",
            "model_id",
            "horizon_days",
            "published_at",
            "ranked_by",
            "degraded",
            "degraded_reasons",
            "sources",
            "total",
            "next_cursor",
            "items");
    assertThat(body.get("as_of").asText()).isEqualTo("2011-08-31");
    assertThat(body.get("run_id").asText()).isEqualTo("r1");
    assertThat(body.get("model_id").asText()).isEqualTo("gbt-4f1c9a27");
    assertThat(body.get("horizon_days").asInt()).isEqualTo(28);
    assertThat(body.get("published_at").asText()).isEqualTo("2011-09-01T04:12:30.123456Z");
    assertThat(body.get("degraded").asBoolean()).isFalse();
    assertThat(body.get("total").asInt()).isEqualTo(120);
    assertThat(body.get("sources").get(2).toString())
        .isEqualTo(
            "{\"source\":\"google_trends\",\"kind\":\"trends\",\"watermark\":\"2011-08-28\","
                + "\"age_days\":3}");
  }

  @Test
  void anItemHasEveryColumnOfTheContract() {
    JsonNode item = json(LIST + "?limit=1").get("items").get(0);
    assertThat(fieldNames(item))
        .containsExactlyElementsOf(
            Table.SCORES.contract().fields().stream().map(TableField::name).toList());
    assertThat(item.get("horizon_start").isTextual()).isTrue();
    assertThat(item.get("expected_units").isDouble()).isTrue();
    assertThat(item.get("price").isNumber()).isTrue();
    assertThat(item.get("recent_weekly_units")).hasSize(12);
  }

  @Test
  void aMarketIsInRankOrder() {
    JsonNode items = json(LIST + "?market=de&limit=500").get("items");
    assertThat(values(items, "market")).containsOnly("de").hasSize(60);
    assertThat(values(items, "rank")).first().isEqualTo("1");
    assertThat(values(items, "rank").stream().map(Integer::valueOf).toList()).isSorted();
  }

  @Test
  void severalMarketsAreInOrderOfPotentialThenUplift() {
    JsonNode items = json(LIST + "?limit=500").get("items");
    assertThat(items).hasSize(120);
    for (int i = 1; i < items.size(); i++) {
      JsonNode above = items.get(i - 1);
      JsonNode below = items.get(i);
      double potential = above.get("potential").asDouble() - below.get("potential").asDouble();
      double uplift =
          above.get("uplift_revenue").asDouble() - below.get("uplift_revenue").asDouble();
      assertThat(potential > 0 || (potential == 0 && uplift >= 0)).as("row %s", i).isTrue();
    }
  }

  @Test
  void aPlusInAPathIsAPlus() {
    assertThat(json("/api/v1/products/c++").get("items").get(0).get("product_id").asText())
        .isEqualTo("c++");
    assertThat(server.get("/products/c++", "Accept", "text/html").statusCode()).isEqualTo(200);
    assertThat(json("/api/v1/recommendations?q=c%2B%2B").get("total").asInt()).isEqualTo(1);
    assertThat(server.get("/api/v1/products/c%20%20").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        LIST + "?limit=2",
        "/api/v1/products/a%2Fb",
        "/",
        "/api/v1/nix",
        "/static/icon.svg",
        "/recommendations.csv",
        "/health"
      })
  void headHasTheHeadersOfGet(String path) {
    List<String> first = headers(server.send("HEAD", path));
    List<String> got = headers(server.get(path));
    assertThat(first).isEqualTo(got);
    assertThat(headers(server.send("HEAD", path))).as("from the cache").isEqualTo(got);
    assertThat(server.send("HEAD", path).body()).isEmpty();
    assertThat(server.get(LIST).statusCode()).as("the next answer").isEqualTo(200);
  }

  private static List<String> headers(HttpResponse<String> response) {
    return response.headers().map().entrySet().stream()
        .filter(header -> !header.getKey().equals("date"))
        .map(Object::toString)
        .sorted()
        .toList();
  }

  @Test
  void filtersAndPagesAreExact() {
    JsonNode all = json(LIST + "?market=uk&lifecycle=new&category=Kitchen&limit=500");
    assertThat(values(all.get("items"), "lifecycle")).containsOnly("new");
    assertThat(values(all.get("items"), "category")).containsOnly("Kitchen");
    JsonNode first = json(LIST + "?market=uk&lifecycle=new&category=Kitchen&limit=1");
    assertThat(first.get("total")).isEqualTo(all.get("total"));
    JsonNode page =
        json(
            LIST
                + "?market=uk&lifecycle=new&category=Kitchen&limit=2&cursor="
                + first.get("next_cursor").asText());
    assertThat(page.get("total")).isEqualTo(all.get("total"));
    assertThat(page.get("items").get(0)).isEqualTo(all.get("items").get(1));
    assertThat(page.get("items")).hasSize(2);
    assertThat(json(LIST).get("items")).hasSize(50);
    assertThat(json(LIST + "?lifecycle=delayed").get("total").asInt()).isZero();
    assertThat(json(LIST + "?lifecycle=delayed").get("next_cursor").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limit=0       | limit     | Parameter 'limit' can't be '0': use a whole number from 1 to 500.",
        "limit=501     | limit     | Parameter 'limit' can't be '501': use a whole number from 1 to 500.",
        "limit=        | limit     | Parameter 'limit' is empty: give it a value or leave it out.",
        "market=       | market    | Parameter 'market' is empty: give it a value or leave it out.",
        "limit=1e2     | limit     | Parameter 'limit' can't be '1e2': use a whole number from 1 to 500.",
        "limit=-1      | limit     | Parameter 'limit' can't be '-1': use a whole number from 1 to 500.",
        "limit=99999999999 | limit | Parameter 'limit' can't be '99999999999': use a whole number from 1 to 500.",
        "min_potential=101 | min_potential | Parameter 'min_potential' can't be '101': use a number from 0 to 100, such as 90 or 99.5.",
        "min_potential=NaN | min_potential | Parameter 'min_potential' can't be 'NaN': use a number from 0 to 100, such as 90 or 99.5.",
        "brand=x       | brand     | Parameter 'brand' can't be 'x': use one of Brocante.",
        "sort=name     | sort      | Parameter 'sort' can't be 'name': use one of potential, uplift_units, uplift_revenue, expected_units, growth, loss.",
        "q=a%00b       | q         | Parameter 'q' contains a control character or is not UTF-8.",
        "q=%FF         | q         | Parameter 'q' contains a control character or is not UTF-8.",
        "market=fr     | market    | Parameter 'market' can't be 'fr': use one of de, uk.",
        "market=uk'--  | market    | Parameter 'market' can't be 'uk'--': use one of de, uk.",
        "lifecycle=old | lifecycle | Parameter 'lifecycle' can't be 'old': use one of launch, delayed, new, established.",
        "category=Cars | category  | Parameter 'category' can't be 'Cars': use one of Garden, Kitchen, Lighting, Toys & Games.",
        "top=10        | top       | There is no parameter 'top': use one of market, category, brand, lifecycle, state, driver, keyword, min_chance, min_units, min_price, max_price, products, min_potential, q, check_stock, sort, limit, cursor, fields, as_of, run_id.",
        "limit=1&limit=2 | limit   | Parameter 'limit' is repeated: give it once.",
      })
  void aWrongParameterIsRefusedByName(String query, String parameter, String detail) {
    JsonNode problem = problem(server.get(LIST + "?" + query), 400);
    assertThat(problem.get("parameter").asText()).isEqualTo(parameter);
    assertThat(problem.get("detail").asText()).isEqualTo(detail);
  }

  @Test
  void aProductIsThereInEachMarket() {
    JsonNode body = json("/api/v1/products/20370");
    assertThat(values(body.get("items"), "market")).containsExactly("de", "uk");
    assertThat(body.get("as_of").asText()).isEqualTo("2011-08-31");
    assertThat(values(json("/api/v1/products/20370?market=uk").get("items"), "market"))
        .containsExactly("uk");
  }

  @Test
  void anIdMayBeAnyText() {
    for (String id : STRANGE_IDS) {
      String encoded = URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
      JsonNode items = json("/api/v1/products/" + encoded).get("items");
      assertThat(values(items, "product_id")).containsExactly(id);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/products/nix",
        "/api/v1/products/..%2F..%2Fetc%2Fpasswd",
        "/api/v1/products/%27%20OR%201=1--",
        "/api/v1/products/",
        "/api/v1/products",
        "/api/v2/recommendations",
        "/nix",
        "/static/nix.css",
        "/static/../application.properties",
        "/static/..%2Fapplication.properties",
        "/static/%2e%2e/application.properties",
        "/beans",
        "/env",
      })
  void whatIsNotThereIsAProblem(String path) {
    problem(server.get(path), 404);
  }

  @Test
  void theSentenceOfAMissingProductNamesIt() {
    assertThat(problem(server.get("/api/v1/products/nix?market=uk"), 404).get("detail").asText())
        .isEqualTo("Product 'nix' is not known in market 'uk' in the latest run.");
    problem(server.get("/api/v1/products/20370?limit=3"), 400);
  }

  @Test
  void otherMethodsAreRefused() {
    HttpResponse<String> response = server.send("DELETE", LIST);
    assertThat(problem(response, 405).get("detail").asText()).contains("DELETE");
    assertThat(response.headers().firstValue("Allow"))
        .hasValueSatisfying(methods -> assertThat(methods).contains("GET"));
  }

  @Test
  void aFailureTellsNothingOfTheInside() {
    HttpResponse<String> response = server.get("/failing");
    problem(response, 500);
    assertThat(response.body()).contains("see its log").doesNotContain("secret", "Exception");
    assertThat(response.headers().firstValue("Content-Security-Policy")).isPresent();
  }

  @Test
  void everyAnswerHasTheSecurityHeaders() {
    for (String path :
        List.of("/", LIST, LIST + "?x=1", "/nix", "/static/dashboard.css", "/health/readiness")) {
      HttpResponse<String> response = server.get(path);
      assertThat(response.headers().firstValue("Content-Security-Policy"))
          .as(path)
          .hasValueSatisfying(
              policy ->
                  assertThat(policy).startsWith("default-src 'none'").doesNotContain("unsafe"));
      assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(response.headers().firstValue("Referrer-Policy")).hasValue("same-origin");
    }
  }

  @Test
  void readinessNamesTheRun() {
    HttpResponse<String> response = server.get("/health/readiness");
    assertThat(response.statusCode()).isEqualTo(200);
    JsonNode details = TestServer.json(response).at("/details/run/details");
    assertThat(details.get("run_id").asText()).isEqualTo("r1");
    assertThat(details.get("degraded").asBoolean()).isFalse();
    assertThat(server.get("/health/liveness").statusCode()).isEqualTo(200);
  }

  @Test
  void withoutARunItIsUnavailableUntilOneIsPublished(@TempDir Path folder) {
    StoreFolder store = new StoreFolder(folder);
    try (TestServer empty = new TestServer(store)) {
      assertThat(problem(empty.get(LIST), 503).get("detail").asText())
          .startsWith("No scoring run is published yet: run bin/trendflow");
      problem(empty.get("/api/v1/products/1"), 503);
      HttpResponse<String> readiness = empty.get("/health/readiness");
      assertThat(readiness.statusCode()).isEqualTo(503);
      assertThat(readiness.body()).contains("No scoring run is published yet");
      assertThat(empty.get("/health/liveness").statusCode()).isEqualTo(200);

      store.publish(Samples.run("r1", 2), Samples.scores("r1", 1));
      empty.refresh();
      assertThat(empty.get(LIST).statusCode()).isEqualTo(200);
      assertThat(empty.get("/health/readiness").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aRunThatIsPublishedLaterIsServedByItself(@TempDir Path folder) throws Exception {
    StoreFolder store = new StoreFolder(folder);
    store.publish(Samples.run("r1", 2), Samples.scores("r1", 1));
    try (TestServer polling =
        new TestServer(
            store, Map.of("trendflow.refresh", "100ms", "trendflow.max-age.run", 100_000))) {
      store.publish(
          Copies.with(Samples.run("r2", 2), "asOf", Samples.AS_OF.plusDays(1)),
          Samples.scores("r2", 1));
      long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (!polling.get(LIST).body().contains("\"run_id\":\"r2\"")) {
        assertThat(System.nanoTime()).as("r2 is not served").isLessThan(end);
        Thread.sleep(50);
      }
    }
  }

  @Test
  void aRefusedRunShowsAsDegraded(@TempDir Path folder) throws Exception {
    StoreFolder store = new StoreFolder(folder);
    store.publish(Samples.run("r1", 2), Samples.scores("r1", 1));
    try (TestServer degraded = new TestServer(store)) {
      store.publish(
          Copies.with(Samples.run("r2", 2), "asOf", Samples.AS_OF.plusDays(1)),
          Samples.scores("r2", 1));
      Files.writeString(store.file(Table.SCORES, "r2"), "half written");
      degraded.refresh();
      JsonNode body = TestServer.json(degraded.get(LIST));
      assertThat(body.get("run_id").asText()).isEqualTo("r1");
      assertThat(body.get("degraded").asBoolean()).isTrue();
      assertThat(body.get("degraded_reasons").get(0).asText())
          .contains("Run r2")
          .contains("refused");
      HttpResponse<String> readiness = degraded.get("/health/readiness");
      assertThat(readiness.statusCode()).isEqualTo(200);
      assertThat(readiness.body()).contains("\"degraded\":true").contains("Run r2");
      assertThat(degraded.get("/").body()).contains("class=\"banner\"").contains("Run r2");
    }
  }

  private static JsonNode json(String path) {
    HttpResponse<String> response = server.get(path);
    assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    return TestServer.json(response);
  }

  private static JsonNode problem(HttpResponse<String> response, int status) {
    String what = response.uri() + ": " + response.body();
    assertThat(response.statusCode()).as(what).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type"))
        .as(what)
        .hasValue("application/problem+json");
    JsonNode body = TestServer.json(response);
    assertThat(body.get("status").asInt()).isEqualTo(status);
    assertThat(body.get("type").asText()).isEqualTo("about:blank");
    assertThat(body.get("title").asText()).isNotBlank();
    assertThat(body.get("detail").asText()).isNotBlank();
    return body;
  }

  private static List<String> values(JsonNode items, String field) {
    return StreamSupport.stream(items.spliterator(), false)
        .map(item -> item.get(field).asText())
        .toList();
  }

  private static List<String> fieldNames(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
