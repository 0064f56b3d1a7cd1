package io.trendflow.serving.sales;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.trendflow.serving.TestServer;
import io.trendflow.serving.store.Shop;
import io.trendflow.serving.store.StoreFolder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of the weekly sales of categories and brands, by the API and on their pages. */
class SalesTest {
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
  void theWeeksOfACategoryAreTheSumsOfItsProducts() {
    List<JsonNode> weeks = weeks("/api/v1/sales?category=Lighting&market=uk");
    assertThat(weeks).hasSize(20);
    assertThat(weeks.get(0).get("first_day").asText()).isEqualTo("2011-04-14");
    assertThat(weeks.get(0).get("units").asDouble()).isEqualTo(19);
    JsonNode last = weeks.get(19);
    assertThat(last.get("first_day").asText()).isEqualTo("2011-08-25");
    assertThat(last.get("market").asText()).isEqualTo("uk");
    assertThat(last.get("units").asDouble())
        .as("the revision that was known at as_of, less a returned unit")
        .isEqualTo(4);
    assertThat(last.get("revenue").asDouble()).isEqualTo(8);
  }

  @Test
  void aProductWithoutAScoreCountsByItsCatalogueEntry() {
    List<JsonNode> weeks = weeks("/api/v1/sales?category=Garden&market=uk");
    assertThat(weeks).hasSize(1); // of a discontinued product
    assertThat(weeks.get(0).get("units").asDouble()).isEqualTo(2);
    assertThat(weeks("/api/v1/sales?category=Garden&market=de")).isEmpty();
    assertThat(weeks("/api/v1/sales?category=Garden&brand=Brocante")).hasSize(1);
    assertThat(weeks("/api/v1/sales?category=Kitchen&market=uk")).isEmpty();
  }

  private static List<JsonNode> weeks(String path) {
    var answer = server.get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return TestServer.json(answer).get("items").valueStream().toList();
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/sales, 400, give a category or a brand",
    "/api/v1/sales?category=Nix, 400, use one of Garden",
    "/category, 400, category",
    "/category?category=Nix&market=uk, 400, Lighting",
    "/brand?brand=Brocante&market=fr, 400, uk"
  })
  void aWrongNameIsRefused(String path, int status, String text) {
    var answer = server.get(path);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains(text);
  }

  @Test
  void thePageShowsSalesForecastAndMovers() {
    String page = server.get("/category?category=Lighting&market=uk").body();
    assertThat(page)
        .contains("<h1>Lighting <span", "data-shown=\"52\"", "data-from=\"2011-09-01\"")
        .contains("href=\"/?category=Lighting&amp;market=uk\"", "20 products with a forecast")
        .contains("href=\"/category?category=Lighting&amp;market=de\"")
        .contains("<td class=\"num\" data-value=\"4.0\">4</td>")
        .doesNotContain("data-upper", "Likely range");
    assertThat(section(page, "group-risers")).contains("+£").doesNotContain("−£");
    assertThat(section(page, "group-sinkers")).contains("−£").doesNotContain("+£");
    assertThat(section(page, "group-launches")).contains("on sale from 12 Sep 2011");
  }

  private static String section(String page, String id) {
    int from = page.indexOf("aria-labelledby=\"" + id + "\"");
    assertThat(from).as(id).isPositive();
    return page.substring(from, page.indexOf("</section>", from));
  }

  @Test
  void theForecastIsTheSumOfThatOfTheProducts() {
    JsonNode sums = TestServer.json(server.get("/api/v1/brands?market=uk")).get("items");
    JsonNode brand =
        sums.valueStream()
            .filter(s -> "Brocante".equals(s.get("name").asText()))
            .findFirst()
            .orElseThrow();
    String perWeek = String.valueOf(brand.get("expected_units").asDouble() / 4);
    assertThat(server.get("/brand?brand=Brocante&market=uk").body())
        .contains("data-expected=\"" + perWeek + "\"");
  }

  @Test
  void aGroupIsLinkedFromItsProductsAndLeadsBack() {
    String link = "href=\"/category?category=Lighting&amp;market=uk\"";
    assertThat(server.get("/?market=uk").body()).contains(link);
    assertThat(server.get("/products/20000?market=uk").body()).contains(link);
    assertThat(server.get("/products/20037?market=uk").body())
        .contains("href=\"/brand?brand=Brocante&amp;market=uk\"");
    assertThat(server.get("/trends").body()).contains(link);
    String page = "/category?category=Lighting&market=uk";
    String list = "/?market=uk&min_units=3";
    assertThat(server.get(page, "Referer", server.address() + list).body())
        .contains("<p class=\"trail\"><a href=\"" + list.replace("&", "&amp;") + "\">What to push");
    String product = "/products/20000?market=uk";
    assertThat(server.get(page, "Referer", server.address() + product).body())
        .contains("<p class=\"trail\"><a href=\"" + product + "\">Product");
    assertThat(server.get(product, "Referer", server.address() + page).body())
        .contains("<p class=\"trail\"><a href=\"" + page.replace("&", "&amp;") + "\">Category");
    assertThat(server.get(page, "Referer", server.address() + page).body())
        .contains("<p class=\"trail\"><a href=\"/\">What to push");
  }

  @Test
  void thePageIsFrenchForAFrenchReader() {
    assertThat(server.get("/category?category=Lighting&market=uk", "Accept-Language", "fr").body())
        .contains("Ventes par semaine", "En hausse", "Ventes des 52 dernières semaines")
        .doesNotContain("Slowing down", "Expected units");
  }
}
