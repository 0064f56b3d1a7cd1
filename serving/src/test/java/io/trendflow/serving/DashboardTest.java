package io.trendflow.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page as a browser gets it. */
class DashboardTest {
  private static final String EVIL = "\"><script>alert('x')</script>&<img src=x onerror=y>";

  private static TestServer server;

  @BeforeAll
  static void start(@TempDir Path folder) {
    StoreFolder store = new StoreFolder(folder);
    List<Score> scores = new ArrayList<>(Samples.scores("r1", 60));
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
        .contains("31 Aug 2011", "28 days", "1 Sep – 28 Sep 2011")
        .contains("google_trends", "trends to 28 Aug 2011, 3 days old", "no complete trends day")
        .contains("1 – 50 of 60")
        .doesNotContain("class=\"banner\"");
    assertThat(matches(page, "<td role=\"cell\" class=\"rank\">(\\d+)"))
        .hasSize(50)
        .startsWith("1", "2", "3");
  }

  @Test
  void aRowShowsTheNumbersOfItsScore() {
    assertThat(page("/?market=uk&offset=1&limit=1"))
        .contains("<title>Expected ", "baseline ", "Units of the last 12 weeks, oldest first: ")
        .containsPattern("<b class=\"up\">\\+\\d+</b>")
        .containsPattern("\\+£[\\d,]+ \\(\\+\\d+ %\\)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/?limit=500", "/?category=<script>alert(1)</script>", "/?<script>=1"})
  void textIsNeverMarkup(String path) {
    String page = server.get(path.replace("<", "%3C").replace(">", "%3E")).body();
    assertThat(page)
        .contains("&lt;script")
        .doesNotContain("<script", "<img", "\">&", "javascript:");
  }

  @Test
  void thePageNeedsNothingThatItsPolicyForbids() {
    String page = page("/");
    assertThat(page).doesNotContain("style=", "<style", "<script", "http:", "https:");
    assertThat(matches(page, "(?:href|src)=\"(/static/[^\"]+)\""))
        .hasSize(2)
        .allSatisfy(asset -> assertThat(server.get(asset).statusCode()).isEqualTo(200));
    assertThat(server.get("/static/dashboard.css").body()).doesNotContain("url(", "@import");
  }

  @Test
  void pagesLinkToEachOtherAndKeepTheFilters() {
    String first = page("/?market=uk&limit=25");
    assertThat(first)
        .contains("href=\"/?market=uk&amp;limit=25&amp;offset=25\"")
        .doesNotContain("rel=\"prev\"");
    String second = page("/?market=uk&limit=25&offset=25");
    assertThat(second)
        .contains("rel=\"prev\" href=\"/?market=uk&amp;limit=25\"")
        .contains("rel=\"next\"")
        .contains("26 – 50 of 60");
    assertThat(page("/?market=uk&limit=25&offset=50"))
        .contains("51 – 60 of 60")
        .doesNotContain("rel=\"next\"");
    assertThat(first).contains("<option value=\"uk\" selected>");
  }

  @Test
  void theFormOfACategoryWithSpecialCharactersFindsIt() {
    String page = page("/?market=&lifecycle=&category=Toys+%26+Games");
    assertThat(matches(page, "<code>\\d+</code> · ([^·<]+?)(?: ·|</span>)"))
        .isNotEmpty()
        .containsOnly("Toys &amp; Games");
    assertThat(page).contains("/api/v1/recommendations?category=Toys+%26+Games");
  }

  @Test
  void anEmptyListAndAWrongFilterSayWhatToDo() {
    assertThat(page("/?lifecycle=delayed")).contains("No product matches", "Show all");
    assertThat(page("/?offset=1000")).contains("This page lies behind the last one.");
    HttpResponse<String> refused = server.get("/?lifecycle=old");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("Parameter 'lifecycle' can't be 'old'", "Show all");
  }

  @Test
  void withoutARunThePageSaysHowToGetOne(@TempDir Path folder) {
    try (TestServer empty = new TestServer(new StoreFolder(folder))) {
      HttpResponse<String> response = empty.get("/");
      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.body())
          .contains("No recommendations yet", "bin/trendflow score --config");
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
          .contains("Baseline only", "class=\"banner\"", "<li>There is no model yet.</li>");
    }
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
