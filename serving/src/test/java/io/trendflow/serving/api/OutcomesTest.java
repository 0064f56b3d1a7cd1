package io.trendflow.serving.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.trendflow.schemas.Table;
import io.trendflow.serving.TestServer;
import io.trendflow.serving.snapshot.FindingRecord;
import io.trendflow.serving.snapshot.OutcomeRecord;
import io.trendflow.serving.store.Samples;
import io.trendflow.serving.store.Shop;
import io.trendflow.serving.store.StoreFolder;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that the API and the pages show the outcomes of earlier runs as the tables have them. */
class OutcomesTest {
  private static StoreFolder store;
  private static TestServer server;

  @BeforeAll
  static void start(@TempDir Path folder) {
    store = Shop.publish(new StoreFolder(folder));
    Shop.judge(store, "m1", "old", 35);
    Shop.judge(store, "m2", "older", 42);
    store.write(
        Table.FINDINGS,
        "m2",
        List.of(
            finding("model", "gbt", "age", "warn", 75),
            finding("source", "shop_orders uk", "price", "alert", 100),
            finding("accuracy", "all", "hits", "ok", .7)));
    server = new TestServer(store);
  }

  private static FindingRecord finding(
      String area, String subject, String metric, String level, double value) {
    return new FindingRecord(area, subject, metric, level, value, null, null, null, 1, List.of());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void theResultsAreThoseOfTheTables() {
    JsonNode body = json("/api/v1/outcomes");
    assertThat(body.get("items").findValuesAsText("run_id"))
        .containsExactly("old", "old", "older", "older");
    assertThat(body.get("items").findValuesAsText("market"))
        .containsExactly("de", "uk", "de", "uk");
    List<OutcomeRecord> rows =
        Shop.outcomes("m1", "old", 35, 1).stream().filter(o -> o.market().equals("uk")).toList();
    List<OutcomeRecord> first = rows.stream().filter(o -> o.rank() <= 50).toList();
    JsonNode uk = json("/api/v1/outcomes?market=uk&limit=1").get("items").get(0);
    double promised = first.stream().mapToDouble(o -> o.expectedUnits() - o.baselineUnits()).sum();
    double realised = first.stream().mapToDouble(o -> o.actualUnits() - o.baselineUnits()).sum();
    assertThat(uk.get("first_rows").asInt()).isEqualTo(50);
    assertThat(uk.get("first_hits").asLong())
        .isEqualTo(first.stream().filter(OutcomeRecord::hit).count());
    assertThat(uk.get("promise_kept").asDouble()).isCloseTo(realised / promised, within(1e-9));
    assertThat(uk.get("coverage").asDouble())
        .isEqualTo(rows.stream().filter(OutcomeRecord::inside).count() / 60.0);
    assertThat(uk.get("hit_rate").asDouble())
        .isEqualTo(rows.stream().filter(OutcomeRecord::hit).count() / 60.0);
  }

  @Test
  void theFirstProductsOfARunAreListedByRank() {
    JsonNode items = json("/api/v1/outcomes/old?market=uk").get("items");
    assertThat(items).hasSize(50);
    assertThat(items.get(0).get("rank").asInt()).isEqualTo(1);
    assertThat(items.get(4).get("actual_units").asDouble()).isZero();
    assertThat(server.get("/api/v1/outcomes/r1").statusCode()).isEqualTo(404);
    assertThat(server.get("/api/v1/outcomes/r1").body())
        .contains("Run 'r1' has no outcomes: /api/v1/outcomes lists the runs that have.");
  }

  @Test
  void aProductShowsWhatWasSoldBesideEachForecast() {
    OutcomeRecord lantern =
        Shop.outcomes("m1", "old", 35, 1).stream()
            .filter(o -> o.market().equals("uk") && o.productId().equals(Shop.LANTERN))
            .findFirst()
            .orElseThrow();
    JsonNode history = json("/api/v1/products/20000/history?market=uk").get("items").get(0);
    assertThat(history.get("outcomes").findValuesAsText("run_id")).containsExactly("older", "old");
    assertThat(history.get("outcomes").get(1).get("actual_units").asDouble())
        .isEqualTo(lantern.actualUnits());
    String page = page("/products/20000?market=uk", "en");
    assertThat(page).contains("<th scope=\"col\" class=\"num\">Sold</th>");
    assertThat(page.split("<span class=\"(up|down)\">%.0f</span>".formatted(lantern.actualUnits())))
        .hasSize(3); // of two earlier runs
  }

  @Test
  void theResultsAreOneClickFromTheList() {
    assertThat(page("/", "en")).contains("<a href=\"/results\">Results</a>");
    String page = page("/results?market=uk", "en");
    List<OutcomeRecord> first =
        Shop.outcomes("m1", "old", 35, 1).stream()
            .filter(o -> o.market().equals("uk") && o.rank() <= 50)
            .toList();
    long hits = first.stream().filter(OutcomeRecord::hit).count();
    assertThat(page)
        .contains("Forecast for 28 Jul – 24 Aug 2011", "<dd>" + hits + " of 50</dd>")
        .contains("Best of the first 50", "Worst of the first 50")
        .doesNotContain("id=\"early\"");
    OutcomeRecord best =
        first.stream().max(Comparator.comparingDouble(OutcomeRecord::realisedUplift)).orElseThrow();
    assertThat(page.substring(page.indexOf("id=\"best\"")))
        .contains("/products/" + best.productId() + "?market=uk");
    OutcomeRecord out =
        first.stream()
            .filter(o -> o.actualUnits() == 0 && o.outDays() > 0)
            .findFirst()
            .orElseThrow();
    assertThat(json("/api/v1/outcomes/old?market=uk").get("items").findValues("stockout_days"))
        .extracting(JsonNode::asLong)
        .containsExactlyElementsOf(first.stream().map(OutcomeRecord::outDays).toList());
    assertThat(out.stockoutDays()).isIn(1L, 2L);
    assertThat(page).containsPattern("0\\s*<small>out of stock for [12] days?</small>");
    assertThat(page("/results?market=uk&run=older", "en")).contains("Forecast for 21 Jul");
    assertThat(page("/results", "fr"))
        .contains("Promesse tenue", "Les meilleurs des 50 premiers", "Résultats");
    assertThat(server.get("/results?run=unknown").statusCode()).isEqualTo(404);
  }

  @Test
  void beforeAnyPeriodIsOverThePageShowsTheTestOnPastDates(@TempDir Path folder) {
    try (TestServer early = new TestServer(Shop.publish(new StoreFolder(folder)))) {
      assertThat(early.get("/results", "Accept-Language", "en").body())
          .contains("No forecast period is over yet", "No test on past dates is available yet.");
      assertThat(early.get("/api/v1/outcomes").body()).contains("\"items\":[]");
    }
  }

  @Test
  void aLaterMonitoringReplacesTheOutcomesOfARun(@TempDir Path folder) {
    StoreFolder corrected = Shop.publish(new StoreFolder(folder));
    Shop.judge(corrected, "m1", "old", 35);
    try (TestServer service = new TestServer(corrected)) {
      String before = etag(service);
      double first = expectRealised(service, 1);
      corrected.write(Table.OUTCOMES, "m2", Shop.outcomes("m2", "old", 35, 2));
      corrected.write(
          Table.MONITORS,
          "m2",
          List.of(
              Shop.monitoring(
                  "m2",
                  Samples.AS_OF.plusDays(1),
                  Shop.results(Shop.outcomes("m2", "old", 35, 2)))));
      service.refresh();
      assertThat(expectRealised(service, 2)).isGreaterThan(first);
      assertThat(etag(service)).isNotEqualTo(before);
    }
  }

  @Test
  void findingsHaveASentenceInBothLanguages() {
    JsonNode items = json("/api/v1/findings").get("items");
    assertThat(items.findValuesAsText("level")).containsExactly("alert", "warn", "ok");
    assertThat(items.get(0).get("sentence").asText())
        .isEqualTo(
            "Prices of shop_orders uk are 100 times those of the four weeks before. Check the unit"
                + " of the prices.");
    assertThat(server.get("/api/v1/findings?level=warn", "Accept-Language", "fr").body())
        .contains("Le modèle utilisé a été entraîné il y a 75 jours.")
        .doesNotContain("\"alert\"");
    assertThat(page("/data", "en")).contains("id=\"findings\"", "Prices of shop_orders uk are 100");
    assertThat(page("/data", "fr")).contains("Vérifiez l’unité des prix.");
    assertThat(server.get("/prometheus").body())
        .contains("trendflow_findings{area=\"source\",level=\"alert\"} 1.0");
  }

  @Test
  void everySentenceExistsInBothLanguages() {
    assertThat(ReasonTexts.FRENCH.bundle("findings").keySet())
        .isEqualTo(ReasonTexts.ENGLISH.bundle("findings").keySet());
  }

  private static double expectRealised(TestServer service, double factor) {
    double expected =
        Shop.outcomes("m", "old", 35, factor).stream()
            .filter(o -> o.market().equals("uk") && o.rank() <= 50)
            .mapToDouble(OutcomeRecord::realisedUplift)
            .sum();
    JsonNode uk = TestServer.json(service.get("/api/v1/outcomes?market=uk")).get("items").get(0);
    assertThat(uk.get("first_realised_units").asDouble()).isCloseTo(expected, within(1e-9));
    JsonNode rows = TestServer.json(service.get("/api/v1/outcomes/old?market=uk")).get("items");
    double sum = 0;
    for (JsonNode row : rows) {
      sum += row.get("actual_units").asDouble() - row.get("baseline_units").asDouble();
    }
    assertThat(sum).isCloseTo(expected, within(1e-9));
    return sum;
  }

  private static String etag(TestServer service) {
    return service.get("/api/v1/outcomes").headers().firstValue("ETag").orElseThrow();
  }

  private static JsonNode json(String path) {
    return TestServer.json(server.get(path));
  }

  private static String page(String path, String language) {
    return server.get(path, "Accept-Language", language).body();
  }
}
