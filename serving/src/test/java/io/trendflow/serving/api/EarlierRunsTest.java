package io.trendflow.serving.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.trendflow.serving.TestServer;
import io.trendflow.serving.store.Shop;
import io.trendflow.serving.store.StoreFolder;
import io.trendflow.serving.web.CallerAccessTest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of recommendations of earlier runs, and of what changed since one. */
class EarlierRunsTest {
  private static final String LIST = "/api/v1/recommendations";
  private static final String CHANGES = "/api/v1/changes";

  private static TestServer server;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    StoreFolder store = Shop.publish(new StoreFolder(folder));
    Shop.publishReversed(store, "r-reversed", 14);
    server =
        new TestServer(
            store,
            Map.of(
                "trendflow.max-age.run",
                100_000,
                "trendflow.api-keys.all.hash",
                CallerAccessTest.sha256("all"),
                "trendflow.api-keys.uk.hash",
                CallerAccessTest.sha256("uk"),
                "trendflow.api-keys.uk.markets",
                "uk"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<String> get(String path) {
    return server.get(path, "X-API-Key", "all");
  }

  private static JsonNode json(String path) {
    HttpResponse<String> response = get(path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return TestServer.json(response);
  }

  @Test
  void aRunIsSelectedByItsDayOrItsId() {
    JsonNode byDay = json(LIST + "?as_of=2011-08-24&market=uk&limit=3");
    assertThat(byDay.get("run_id").asText()).isEqualTo("r0");
    assertThat(byDay.get("as_of").asText()).isEqualTo("2011-08-24");
    assertThat(byDay.get("total").asInt()).isEqualTo(60);
    byDay.get("items").forEach(item -> assertThat(item.get("run_id").asText()).isEqualTo("r0"));
    assertThat(json(LIST + "?run_id=r0&market=uk&limit=3")).isEqualTo(byDay);
    assertThat(json(LIST + "?run_id=r1&limit=3").get("items"))
        .isEqualTo(json(LIST + "?limit=3").get("items"));
  }

  @Test
  void anEarlierRunIsFilteredSortedAndPagedLikeTheLatest() {
    String path = LIST + "?run_id=r-reversed&sort=growth&category=Lighting&limit=7";
    List<Double> growths = new ArrayList<>();
    String cursor = "";
    JsonNode page;
    do {
      page = json(path + cursor);
      page.get("items").forEach(item -> growths.add(item.get("growth").asDouble()));
      cursor = "&cursor=" + page.get("next_cursor").asText();
    } while (!page.get("next_cursor").isNull());
    assertThat(growths).hasSize(page.get("total").asInt()).hasSizeGreaterThan(7);
    assertThat(growths).isSortedAccordingTo((a, b) -> Double.compare(b, a));
  }

  @Test
  void csvIsOfTheSelectedRunToo() {
    String csv =
        server
            .send(
                server
                    .request(LIST + "?run_id=r0&fields=run_id,rank")
                    .header("Accept", "text/csv")
                    .header("X-API-Key", "all"))
            .body();
    assertThat(csv.lines().skip(1)).hasSize(120).allMatch(line -> line.startsWith("r0,"));
  }

  @Test
  void anEarlierRunHasOnlyTheMarketsOfTheKey() {
    JsonNode own = TestServer.json(server.get(LIST + "?run_id=r0&limit=500", "X-API-Key", "uk"));
    assertThat(own.get("total").asInt()).isEqualTo(60);
    own.get("items").forEach(item -> assertThat(item.get("market").asText()).isEqualTo("uk"));
    JsonNode changes =
        TestServer.json(server.get(CHANGES + "?since=2011-08-20", "X-API-Key", "uk"));
    changes.get("items").forEach(item -> assertThat(item.get("market").asText()).isEqualTo("uk"));
    assertThat(server.get(CHANGES + "?market=de", "X-API-Key", "uk").statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          recommendations?as_of=2011-08-23           | 404 | There is no run of 2011-08-23: /api/v1/runs lists the runs.
          recommendations?run_id=nix                 | 404 | There is no run with the id 'nix': /api/v1/runs lists the runs.
          recommendations?run_id=r-hindsight         | 404 | There is no run with the id 'r-hindsight': /api/v1/runs lists the runs.
          recommendations?as_of=2011-02-30           | 400 | Parameter 'as_of' can't be '2011-02-30': use a date such as 2026-06-30.
          recommendations?as_of=2011-08-23&run_id=r0 | 404 | There is no run with the id 'r0' of 2011-08-23: /api/v1/runs lists the runs.
          changes?since=2011-01-01                   | 404 | There is no run of 2011-01-01 or before it, other than the latest: /api/v1/runs lists the runs.
          changes?since=yesterday                    | 400 | Parameter 'since' can't be 'yesterday': use a date such as 2026-06-30.
          changes?first=501                          | 400 | Parameter 'first' can't be '501': use a whole number from 1 to 500.
          """)
  void aWrongRunIsNamedWithTheFix(String path, int status, String detail) {
    HttpResponse<String> response = get("/api/v1/" + path);
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(TestServer.json(response).get("detail").asText()).isEqualTo(detail);
  }

  @Test
  void changesCompareTheFirstProductsOfTwoRuns() {
    // The ranks of the earlier run are those of the latest in reverse order: 1 was 60 of 60.
    JsonNode answer = json(CHANGES + "?since=2011-08-20&market=uk&first=40");
    assertThat(answer.get("run_id").asText()).isEqualTo("r1");
    assertThat(answer.get("total").asInt()).isEqualTo(60);
    for (JsonNode item : answer.get("items")) {
      assertThat(item.get("earlier_run_id").asText()).isEqualTo("r-reversed");
      int rank = item.get("rank").asInt();
      assertThat(item.get("earlier_rank").asInt()).isEqualTo(61 - rank);
      assertThat(item.get("change").asText())
          .isEqualTo(rank <= 20 ? "new" : rank <= 30 ? "up" : rank <= 40 ? "down" : "left");
    }
    List<Integer> ranks = new ArrayList<>();
    answer.get("items").forEach(item -> ranks.add(item.get("rank").asInt()));
    assertThat(ranks.subList(0, 40)).isSorted();
    assertThat(ranks.subList(40, 60)).isSortedAccordingTo((a, b) -> b - a);
  }

  @Test
  void aRunWithTheSameRanksHasNoChanges() {
    assertThat(json(CHANGES + "?since=2011-08-24").get("items")).isEmpty();
    assertThat(json(CHANGES)).isEqualTo(json(CHANGES + "?since=2011-08-24"));
  }
}
