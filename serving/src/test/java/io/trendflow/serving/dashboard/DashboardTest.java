package io.trendflow.serving.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.trendflow.serving.TestServer;
import io.trendflow.serving.store.Copies;
import io.trendflow.serving.store.Run;
import io.trendflow.serving.store.Samples;
import io.trendflow.serving.store.ScoreRecord;
import io.trendflow.serving.store.Shop;
import io.trendflow.serving.store.StoreFolder;
import io.trendflow.serving.web.ProblemBody;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of the pages' HTML. */
class DashboardTest {
  private static final String EVIL = "\"><script>alert('x')</script>&<img src=x onerror=y>";

  private static TestServer server;

  @BeforeAll
  static void start(@TempDir Path folder) {
    StoreFolder store = new StoreFolder(folder);
    List<ScoreRecord> scores = new ArrayList<>(Samples.scores("r1", 60));
    for (String text : List.of("name", "productId", "category", "brand", "lifecycle", "currency")) {
      scores.set(0, Copies.with(scores.get(0), text, EVIL));
    }
    scores.replaceAll(s -> s.market().equals("de") ? Copies.with(s, "market", EVIL) : s);
    store.publish(Copies.with(Samples.run("r1", 120), "modelId", EVIL), scores);
    server = new TestServer(store);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void listsTheRunInRankOrder() {
    String page = page("/?market=uk");
    assertThat(page)
        .contains("Sales up to 31 Aug 2011", "1 Sep – 28 Sep 2011")
        .contains("60 products", "1 – 50 of 60")
        .doesNotContain("class=\"banner\"><svg");
    assertThat(matches(page, "<td role=\"cell\" class=\"rank\">(\\d+)"))
        .hasSize(50)
        .startsWith("1", "2", "3");
  }

  @Test
  void aListWithoutAModelSaysThatItRanksNothing(@TempDir Path folder) {
    assertThat(page("/")).doesNotContain("id=\"unranked\"");
    StoreFolder store = new StoreFolder(folder);
    store.publish(Copies.with(Samples.run("r1", 6), "modelId", null), Samples.scores("r1", 3));
    try (TestServer baseline = new TestServer(store)) {
      assertThat(baseline.get("/", "Accept-Language", "en").body())
          .contains("id=\"unranked\"", "This list is not ranked yet", "every uplift is 0");
      assertThat(baseline.get("/", "Accept-Language", "fr").body())
          .contains("Cette liste n’est pas encore classée");
    }
  }

  @Test
  void aRowShowsTheNumbersOfItsScoreAndWhy() {
    String second = page(next(page("/?market=uk&limit=1")));
    assertThat(second)
        .contains("<title>Expected ", "usual pace ")
        .contains("Units sold in the last 12 weeks, oldest first: ")
        .contains("<span class=\"why searches\">Searches are up</span>")
        .contains("<b>+12\u00a0%</b> search interest up 38\u00a0% in 4 weeks (Google Trends: ")
        .containsPattern("<b class=\"up\">\\+£[\\d,]+</b>")
        .containsPattern("<b>70.%</b> <span class=\"aside\">rising</span>")
        .containsPattern("\\+\\d+ units · \\+\\d+ %");
  }

  @Test
  void aProductShowsItsChanceIfItIsKnown() {
    String label = "Chance to beat the usual pace";
    assertThat(page("/products/20037?market=uk"))
        .contains(label)
        .containsPattern("<dd>[27]0.%<span class=\"aside\">(rising|slowing down)</span>");
    assertThat(page("/products/20000?market=uk")).doesNotContain(label);
  }

  @Test
  void aProductShowsTheForecastOfEachHorizon(@TempDir Path folder) {
    String path = "/products/20037?market=uk";
    assertThat(page(path))
        .contains("Forecasts by length of the period")
        .containsPattern("<th scope=\"row\">28 days, \\d+ \\w+ – \\d+ \\w+ 2011</th>")
        .containsPattern("<th scope=\"row\">56 days, \\d+ \\w+ – \\d+ \\w+ 2011</th>")
        .containsPattern("<th scope=\"row\">91 days, ");
    assertThat(server.get(path, "Accept-Language", "fr").body())
        .contains("Prévisions selon la durée de la période", "56 jours, ");
    StoreFolder store = new StoreFolder(folder);
    store.publish(
        Samples.run("r1", 6),
        Samples.scores("r1", 3).stream()
            .map(score -> Copies.with(score, "furtherHorizons", List.of()))
            .toList());
    try (TestServer single = new TestServer(store)) {
      assertThat(single.get(path, "Accept-Language", "en").body())
          .contains("Likely range")
          .doesNotContain("Forecasts by length of the period");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/?limit=500",
        "/?category=<script>alert(1)</script>",
        "/?<script>=1",
        "/?q=<script>alert(1)</script>",
        "/trends",
        "/data"
      })
  void textIsNeverMarkup(String path) {
    String page = server.get(path.replace("<", "%3C").replace(">", "%3E")).body();
    assertThat(page)
        .contains("&lt;script")
        .doesNotContain("<script>", "<img", "\">&<", "javascript:");
  }

  @Test
  void theModelPageShowsStandardErrorsAndTheFindingsOfTheTraining(@TempDir Path folder) {
    try (TestServer shop = new TestServer(Shop.publish(new StoreFolder(folder)))) {
      assertThat(shop.get("/model").body())
          .contains("0.500</strong> ± 0.010<span")
          .contains("Tested on 13 dates in 2 markets, with 1,240 forecasts. None of them was of")
          .contains("In use: they improved the forecasts for past dates.")
          .contains("<p class=\"note\" lang=\"en\">WAPE 0.500 against 0.520.</p>")
          .contains("Only some are in use: the others made the forecasts for past dates worse.")
          .contains("<p class=\"note\" lang=\"en\">less units: WAPE 0.490.</p>")
          .contains("Not answered: the past does not show what a price or a promotion changes.")
          .contains("<p class=\"note\" lang=\"en\">The prices vary too little.</p>")
          .contains("<dt><code>depth</code></dt>")
          .doesNotContain("<code>trends", "trends_reason", "<code>ensemble", "ensemble_reason")
          .doesNotContain("<code>what_if", "what_if_reason");
    }
  }

  @Test
  void theReportOfTheTrainingIsShownInASandbox(@TempDir Path folder) throws IOException {
    StoreFolder store = Shop.publish(new StoreFolder(folder));
    try (TestServer shop = new TestServer(store)) {
      assertThat(shop.get("/model").body()).contains("href=\"/model/report\"");
      assertThat(shop.get("/model/report").statusCode()).isEqualTo(503);
      Path file = folder.resolve("models/gbt-4f1c9a27/report.html");
      Files.createDirectories(file.getParent());
      Files.writeString(file, "<p>plots</p>");
      HttpResponse<String> report = shop.get("/model/report");
      assertThat(report.body()).isEqualTo("<p>plots</p>");
      assertThat(report.headers().firstValue("Content-Security-Policy").orElseThrow())
          .startsWith("sandbox allow-scripts; default-src 'none'")
          .doesNotContain("allow-same-origin", "'self'");
    }
    assertThat(server.get("/model").body()).doesNotContain("/model/report");
    assertThat(server.get("/model/report").statusCode()).isEqualTo(404);
  }

  @Test
  void aKeywordCountsInTheMarketsOfItsProductsOnly(@TempDir Path folder) {
    try (TestServer shop = new TestServer(Shop.publish(new StoreFolder(folder)))) {
      String trends = shop.get("/trends").body();
      String row = "(?s)<a href=\"/category\\?category=Lighting&amp;market=%s\">.*?</tr>";
      for (Map.Entry<String, List<String>> moves :
          Map.of("uk", List.of("1", "0"), "de", List.of("0", "0")).entrySet()) {
        String cells = matches(trends, "(" + row.formatted(moves.getKey()) + ")").get(0);
        List<String> numbers = matches(cells, "<td class=\"num\">([^<]+)</td>");
        assertThat(numbers.subList(numbers.size() - 2, numbers.size()))
            .as("rising and falling in " + moves.getKey())
            .isEqualTo(moves.getValue());
      }
    }
  }

  @Test
  void aProductOfAnyIdHasAPage() {
    String address =
        names(page("/?market=uk&limit=500")).stream()
            .filter(link -> link.contains("%22"))
            .findFirst()
            .orElseThrow();
    assertThat(page(address))
        .contains("<h1>\"&gt;&lt;script&gt;")
        .doesNotContain("<script>", "<img");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/products/20037?market=uk", "/trends", "/model", "/data", "/nix"})
  void noPageNeedsWhatItsPolicyForbids(String path) {
    HttpResponse<String> response = server.get(path, "Accept", "text/html");
    assertThat(response.body())
        .doesNotContain("style=", "<style", "http:", "https:", " onclick", "hx-on")
        .doesNotContainPattern("<script(?! src=)");
    assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'none'; script-src 'self'; style-src 'self'")
        .doesNotContain("unsafe");
    assertThat(matches(response.body(), "(?:href|src)=\"(/(?:static|webjars)/[^\"]+)\""))
        .hasSizeGreaterThanOrEqualTo(4)
        .allSatisfy(
            asset -> {
              HttpResponse<String> file = server.get(asset);
              assertThat(file.statusCode()).isEqualTo(200);
              assertThat(file.headers().allValues("Cache-Control"))
                  .containsExactly("public, max-age=31536000, immutable");
            });
  }

  @Test
  void picturesAreLoadedFromTheNamedHostsOnly(@TempDir Path folder) {
    StoreFolder store = Shop.publish(new StoreFolder(folder));
    String picture = "src=\"https://shop.example/20000.jpg\"";
    try (TestServer shop = new TestServer(store)) {
      assertThat(shop.get("/products/20000?market=uk").body()).doesNotContain("<img");
    }
    Map<String, Object> settings =
        Map.of(
            "trendflow.max-age.run",
            100_000,
            "trendflow.pictures.hosts",
            "cdn.example, Shop.example");
    try (TestServer shop = new TestServer(store, settings)) {
      HttpResponse<String> page = shop.get("/products/20000?market=uk");
      assertThat(page.body()).contains(picture);
      assertThat(shop.get("/?market=uk&q=20000").body()).contains(picture);
      assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
          .endsWith("; img-src 'self' https://cdn.example https://shop.example");
    }
    Map<String, Object> others =
        Map.of("trendflow.max-age.run", 100_000, "trendflow.pictures.hosts", "example");
    try (TestServer shop = new TestServer(store, others)) {
      assertThat(shop.get("/products/20000?market=uk").body()).doesNotContain("<img");
    }
  }

  @Test
  void theStyleSheetLoadsNothing() {
    assertThat(server.get("/static/dashboard.css").body()).doesNotContain("url(", "@import");
  }

  @Test
  void pagesLinkToEachOtherAndKeepTheFilters() {
    String first = page("/?market=uk&limit=25&sort=growth");
    assertThat(first).contains("<option value=\"uk\" selected>").doesNotContain("rel=\"prev\"");
    String second = page(next(first));
    assertThat(next(first)).startsWith("/?market=uk&sort=growth&limit=25&cursor=");
    assertThat(second)
        .contains("26 – 50 of 60")
        .contains("rel=\"prev\" href=\"/?market=uk&amp;sort=growth&amp;limit=25\"");
    String third = page(next(second));
    assertThat(third).contains("51 – 60 of 60").doesNotContain("rel=\"next\"");
    String back = matches(third, "rel=\"prev\" href=\"([^\"]+)").get(0).replace("&amp;", "&");
    assertThat(names(page(back))).isEqualTo(names(second));
  }

  private static String next(String page) {
    return matches(page, "rel=\"next\" href=\"([^\"]+)").get(0).replace("&amp;", "&");
  }

  private static List<String> names(String page) {
    return matches(page, "<a class=\"name\" href=\"([^\"]+)");
  }

  @Test
  void theFormOfACategoryWithSpecialCharactersFindsIt() {
    String page = page("/?market=&lifecycle=&category=Toys+%26+Games");
    assertThat(matches(page, "<a class=\"group\" href=\"/category[^\"]+\">([^<]+)</a>"))
        .isNotEmpty()
        .containsOnly("Toys &amp; Games");
    assertThat(page).contains("/api/v1/recommendations?category=Toys+%26+Games");
    assertThat(page).contains("href=\"/recommendations.csv?category=Toys+%26+Games\"");
  }

  @Test
  void theFileHasEveryRowOfTheFilters() {
    HttpResponse<String> file =
        server.get("/recommendations.csv?market=uk", "Accept", "text/html,*/*;q=0.8");
    assertThat(file.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
    assertThat(file.headers().firstValue("Content-Disposition").orElseThrow())
        .contains("recommendations-2011-08-31.csv");
    assertThat(file.body().lines()).hasSize(61);
  }

  @Test
  void manyBrandsAreTyped(@TempDir Path folder) {
    StoreFolder store = new StoreFolder(folder);
    List<ScoreRecord> scores = new ArrayList<>(Samples.scores("r1", 400));
    scores.replaceAll(score -> Copies.with(score, "brand", "Brand " + score.productId()));
    store.publish(Samples.run("r1", 800), scores);
    try (TestServer many = new TestServer(store)) {
      assertThat(many.get("/").body())
          .contains("list=\"known-brand\"")
          .contains("name=\"category\"");
      assertThat(many.get("/?brand=Brand+20000").body()).contains("2 products");
    }
  }

  @Test
  void theListLinksToTheProductsThatMayBeOutOfStock(@TempDir Path folder) {
    List<ScoreRecord> scores = withOneToCheck(10);
    StoreFolder store = new StoreFolder(folder);
    store.publish(Samples.run("r1", 20), scores);
    try (TestServer other = new TestServer(store)) {
      String list = other.get("/").body();
      assertThat(list).contains("19 products", "/?check_stock=true", "1 product left out");
      assertThat(other.get("/?check_stock=true").body())
          .contains("more than four times the usual gap", "Clear filters", scores.get(3).name());
    }
  }

  @Test
  void aChipLeadsToAsManyProductsAsItSays(@TempDir Path folder) {
    List<ScoreRecord> scores = withOneToCheck(60);
    StoreFolder store = new StoreFolder(folder);
    store.publish(Samples.run("r1", 120), scores);
    try (TestServer other = new TestServer(store)) {
      Matcher chip =
          Pattern.compile("class=\"chip\" href=\"([^\"]+)\">[^<]+<b>(\\d+)</b>")
              .matcher(other.get("/?market=uk&q=a").body());
      int chips = 0;
      while (chip.find()) {
        chips++;
        assertThat(other.get(chip.group(1).replace("&amp;", "&")).body())
            .contains("<b id=\"count\">" + chip.group(2) + " product")
            .contains("aria-current=\"true\"");
      }
      assertThat(chips).isBetween(1, 3);
      assertThat(other.get("/launches").body()).doesNotContain("class=\"chip\"");
    }
  }

  @Test
  void theUnitsToOrderLeadToTheDecision() {
    Matcher plan =
        Pattern.compile("class=\"plan\" href=\"([^\"]+)#decisions\"><b>([\\d,]+)")
            .matcher(page("/?market=uk"));
    assertThat(plan.find()).isTrue();
    assertThat(page(plan.group(1).replace("&amp;", "&")))
        .contains("id=\"decisions\"")
        .containsPattern("name=\"units\"[^>]* value=\"" + plan.group(2).replace(",", "") + "\"");
  }

  @Test
  void theFirstProductsAreThoseByRankAlsoIfTheListLeavesThemOut(@TempDir Path folder) {
    List<ScoreRecord> scores = withOneToCheck(60);
    double extra =
        scores.stream()
            .filter(score -> score.market().equals("uk") && score.rank() <= 50)
            .mapToDouble(score -> Objects.requireNonNull(score.upliftRevenue()))
            .sum();
    StoreFolder store = new StoreFolder(folder);
    store.publish(Samples.run("r1", 120), scores);
    Shop.publishReversed(store, "r0", 7);
    try (TestServer other = new TestServer(store)) {
      String list = other.get("/?market=uk").body();
      assertThat(list)
          .contains("59 products", "<dd>" + LocaleFormat.ENGLISH.signedMoney(extra, "GBP"));
      JsonNode changes = TestServer.json(other.get("/api/v1/changes?market=uk")).get("items");
      long entered =
          changes.valueStream().filter(c -> c.get("change").asText().equals("new")).count();
      assertThat(list).contains("<dd>" + entered + " <span class=\"aside\">since 24 Aug 2011");
    }
  }

  @Test
  void anEmptyListAndAWrongFilterSayWhatToDo() {
    assertThat(page("/?lifecycle=delayed")).contains("No product matches", "Show all");
    HttpResponse<String> refused = server.get("/?lifecycle=old");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body())
        .contains("“lifecycle” in the address is not valid", "<code>launch</code>")
        .contains("Show all");
    assertThat(server.get("/?offset=50").statusCode()).isEqualTo(400);
  }

  @Test
  void browsersGetPagesForErrorsAndProgramsProblems() {
    HttpResponse<String> page = server.get("/products/nix", "Accept", "text/html,*/*;q=0.8");
    assertThat(page.statusCode()).isEqualTo(404);
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
    assertThat(page.body()).contains("Page not found", "Product 'nix' is not known");
    assertThat(
            server.get("/nix", "Accept", "application/json").headers().firstValue("Content-Type"))
        .hasValue(ProblemBody.MEDIA_TYPE);
    assertThat(
            server
                .get("/api/v1/nix", "Accept", "text/html,*/*;q=0.8")
                .headers()
                .firstValue("Content-Type"))
        .hasValue(ProblemBody.MEDIA_TYPE);
    HttpResponse<String> failed = server.get("/failing", "Accept", "text/html,*/*;q=0.8");
    assertThat(failed.statusCode()).isEqualTo(500);
    assertThat(failed.body()).contains("Something went wrong").doesNotContain("secret");
  }

  @Test
  void withoutARunThePagesSayHowToGetOne(@TempDir Path folder) {
    try (TestServer empty = new TestServer(new StoreFolder(folder))) {
      for (String path : List.of("/", "/trends", "/model", "/data", "/products/1")) {
        HttpResponse<String> response = empty.get(path);
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body())
            .contains("No recommendations yet", "bin/trendflow score --config");
      }
    }
  }

  @Test
  void aBaselineRunIsShownAsOne(@TempDir Path folder) {
    StoreFolder store = new StoreFolder(folder);
    Run run = Copies.with(Samples.run("r1", 2), "modelId", null);
    Run degraded = Copies.with(run, "degraded", true);
    store.publish(
        Copies.with(degraded, "degradedReasons", List.of("There is no model yet.")),
        Samples.scores("r1", 1));
    try (TestServer baseline = new TestServer(store)) {
      assertThat(baseline.get("/").body())
          .contains("This list is not ranked yet", "class=\"banner\"")
          .contains("<li>There is no model yet.</li>");
      assertThat(baseline.get("/model").body()).contains("No model has been trained yet");
      assertThat(baseline.get("/trends").body()).contains("No trend has 16 complete weeks");
      assertThat(baseline.get("/data").body()).contains("google_trends", "No record was rejected.");
    }
  }

  /** Returns scores whose fourth may be out of stock. */
  private static List<ScoreRecord> withOneToCheck(int products) {
    List<ScoreRecord> scores = new ArrayList<>(Samples.scores("r1", products));
    scores.set(3, Copies.with(scores.get(3), "checkStock", true));
    return scores;
  }

  private static String page(String path) {
    HttpResponse<String> response = server.get(path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
    return response.body();
  }

  private static List<String> matches(String page, String pattern) {
    return Pattern.compile(pattern).matcher(page).results().map(DashboardTest::group).toList();
  }

  private static String group(MatchResult match) {
    return match.group(1);
  }
}
