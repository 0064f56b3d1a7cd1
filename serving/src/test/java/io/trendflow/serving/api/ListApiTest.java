package io.trendflow.serving.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.trendflow.schemas.Table;
import io.trendflow.serving.TestServer;
import io.trendflow.serving.snapshot.PageCursor;
import io.trendflow.serving.snapshot.ScoreSort;
import io.trendflow.serving.store.Copies;
import io.trendflow.serving.store.Run;
import io.trendflow.serving.store.Samples;
import io.trendflow.serving.store.ScoreRecord;
import io.trendflow.serving.store.StoreFolder;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of paging, searching, exporting and caching lists. */
class ListApiTest {
  private static final String LIST = "/api/v1/recommendations";

  private StoreFolder store;
  private TestServer server;

  @BeforeEach
  void start(@TempDir Path folder) {
    store = new StoreFolder(folder);
    List<ScoreRecord> scores = new ArrayList<>(Samples.scores("r1", 60));
    scores.set(0, Copies.with(scores.get(0), "name", "=cmd|' /C calc'!A0"));
    scores.set(1, Copies.with(scores.get(1), "name", "Théière \"émaillée\", 1 l"));
    scores.set(2, Copies.with(scores.get(2), "growth", null));
    store.publish(Samples.run("r1", 120), scores);
    server = new TestServer(store);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource(ScoreSort.class)
  void pagesTogetherAreTheWholeListInOrder(ScoreSort sort) {
    // Revenue in pounds and euros can't be sorted together.
    boolean one = sort == ScoreSort.UPLIFT_REVENUE;
    String list = LIST + "?sort=" + sort.label() + (one ? "&market=uk" : "");
    JsonNode whole = json(list + "&limit=500").get("items");
    List<JsonNode> paged = new ArrayList<>();
    String first = list + "&limit=17";
    JsonNode page = json(first);
    page.get("items").forEach(paged::add);
    while (!page.get("next_cursor").isNull()) {
      page = json(first + "&cursor=" + page.get("next_cursor").asText());
      page.get("items").forEach(paged::add);
    }
    assertThat(paged).hasSize(one ? 60 : 120).containsExactlyElementsOf(whole);
    double last = Double.POSITIVE_INFINITY;
    for (JsonNode item : paged) {
      double value =
          sort == ScoreSort.LOSS
              ? -item.get("potential").asDouble()
              : item.get(sort.label()).asDouble(Double.NEGATIVE_INFINITY);
      assertThat(value).isLessThanOrEqualTo(last);
      last = value;
    }
  }

  @Test
  void amountsOfSeveralCurrenciesAreNotSorted() {
    HttpResponse<String> refused = server.get(LIST + "?sort=uplift_revenue");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body())
        .contains("prices in EUR and GBP: add the parameter 'market', or sort by potential");
  }

  @Test
  void boundsStateDriverAndIdsNarrowTheList() {
    List<JsonNode> all = items(json(LIST + "?limit=500"));
    assertThat(items(json(LIST + "?limit=500&min_units=100")))
        .isNotEmpty()
        .containsExactlyElementsOf(where(all, s -> s.get("expected_units").asDouble() >= 100));
    assertThat(items(json(LIST + "?limit=500&min_price=5&max_price=12.5")))
        .isNotEmpty()
        .containsExactlyElementsOf(
            where(all, s -> s.get("price").asDouble() >= 5 && s.get("price").asDouble() <= 12.5));
    assertThat(items(json(LIST + "?limit=500&min_chance=0.5")))
        .isNotEmpty()
        .containsExactlyElementsOf(where(all, s -> s.get("chance").asDouble() >= 0.5));
    assertThat(items(json(LIST + "?limit=500&state=sinker")))
        .isNotEmpty()
        .containsExactlyElementsOf(where(all, s -> s.get("state").asText().equals("SINKER")));
    assertThat(items(json(LIST + "?limit=500&driver=searches")))
        .isNotEmpty()
        .containsExactlyElementsOf(
            where(all, s -> s.at("/reasons/0/family").asText().equals("searches")));
    assertThat(items(json(LIST + "?limit=500&products=20037,20074,no-such")))
        .isNotEmpty()
        .containsExactlyElementsOf(
            where(all, s -> s.get("product_id").asText().matches("20037|20074")));
  }

  private static List<JsonNode> items(JsonNode answer) {
    List<JsonNode> items = new ArrayList<>();
    answer.get("items").forEach(items::add);
    return items;
  }

  private static List<JsonNode> where(List<JsonNode> all, Predicate<JsonNode> passes) {
    return all.stream().filter(passes).toList();
  }

  @Test
  void aCursorHoldsInALaterRun() {
    JsonNode first = json(LIST + "?market=uk&limit=20");
    String last = first.at("/items/19/product_id").asText();
    Run later = Copies.with(Samples.run("r2", 118), "asOf", Samples.AS_OF.plusDays(1));
    List<ScoreRecord> scores =
        Samples.scores("r2", 60).stream().filter(s -> !s.productId().equals(last)).toList();
    store.publish(Copies.with(later, "publishedAt", Instant.parse("2011-09-02T00:00:00Z")), scores);
    server.refresh();
    JsonNode second =
        json(LIST + "?market=uk&limit=20&cursor=" + first.get("next_cursor").asText());
    assertThat(second.get("run_id").asText()).isEqualTo("r2");
    assertThat(second.at("/items/0/rank").asInt()).isEqualTo(21);
  }

  @Test
  void productsThatMayBeOutOfStockAreListedOnRequest() {
    List<ScoreRecord> scores = new ArrayList<>(Samples.scores("r2", 60));
    String silent = scores.get(7).productId();
    scores.replaceAll(s -> s.productId().equals(silent) ? Copies.with(s, "checkStock", true) : s);
    scores.set(9, Copies.with(scores.get(9), "checkStock", null));
    store.publish(Copies.with(Samples.run("r2", 120), "asOf", Samples.AS_OF.plusDays(1)), scores);
    server.refresh();
    List<String> listed = new ArrayList<>();
    json(LIST + "?limit=500").get("items").forEach(i -> listed.add(i.get("product_id").asText()));
    JsonNode found = json(LIST + "?limit=500&check_stock=true").get("items");
    assertThat(found).isNotEmpty().allMatch(i -> i.get("product_id").asText().equals(silent));
    assertThat(listed).doesNotContain(silent).hasSize(120 - found.size());
    assertThat(found.get(0).get("check_stock").asBoolean()).isTrue();
    assertThat(server.get(LIST + "?check_stock=maybe").statusCode()).isEqualTo(400);
  }

  @Test
  void aCursorThatWasChangedIsRefused() {
    byte[] made =
        Base64.getUrlDecoder().decode(json(LIST + "?limit=1").get("next_cursor").asText());
    made[2] ^= 1; // the name of the order
    byte[] longer = Arrays.copyOf(made, made.length + 1);
    longer[2] ^= 1;
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    String nan =
        new PageCursor(ScoreSort.POTENTIAL, new PageCursor.Place(Double.NaN, 0, "", "")).text();
    for (String text : List.of(encoder.encodeToString(made), encoder.encodeToString(longer), nan)) {
      assertThat(server.get(LIST + "?cursor=" + text).statusCode()).isEqualTo(400);
    }
  }

  @Test
  void aCursorOfAnotherPlaceShowsNothingElse() {
    String uk =
        new PageCursor(ScoreSort.POTENTIAL, new PageCursor.Place(1e300, 0, "\0", "fr")).text();
    assertThat(json(LIST + "?cursor=" + uk).get("items")).hasSize(50);
    String end =
        new PageCursor(ScoreSort.POTENTIAL, new PageCursor.Place(-1e300, 0, "", "")).text();
    assertThat(json(LIST + "?cursor=" + end).get("items")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "AAAA", "AAlwb3RlbnRpYWw", "..%2F..", "%F0%9F%98%80"})
  void aForgedCursorIsRefused(String cursor) {
    HttpResponse<String> response = server.get(LIST + "?cursor=" + cursor);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(TestServer.json(response).get("parameter").asText()).isEqualTo("cursor");
  }

  @Test
  void aCursorOfAnotherOrderIsRefused() {
    String cursor = json(LIST + "?limit=1").get("next_cursor").asText();
    HttpResponse<String> response = server.get(LIST + "?sort=growth&cursor=" + cursor);
    assertThat(response.body())
        .contains("is from a list sorted by potential, but this list is sorted by");
  }

  @Test
  void aSearchLeavesCaseAndAccentsAside() {
    assertThat(json(LIST + "?q=THEIERE+emaill").get("total").asInt()).isEqualTo(1);
    assertThat(json(LIST + "?q=brocante+lantern&market=uk").get("total").asInt()).isPositive();
    assertThat(json(LIST + "?q=nix").get("total").asInt()).isZero();
    assertThat(json(LIST + "?min_potential=90").get("total").asInt()).isEqualTo(12);
  }

  @Test
  void onlyTheAskedFieldsAreSent() {
    JsonNode item = json(LIST + "?limit=1&fields=product_id,growth").get("items").get(0);
    assertThat(item).hasSize(2);
    assertThat(server.get(LIST + "?fields=nix").body()).contains("'fields' can't contain 'nix'");
  }

  @Test
  void asCsvEveryRowIsThereAndNoTextIsAFormula() {
    HttpResponse<String> csv =
        server.get(LIST + "?fields=product_id,name,uplift_units", "Accept", "text/csv");
    assertThat(csv.statusCode()).isEqualTo(200);
    assertThat(csv.headers().firstValue("Content-Type")).hasValue("text/csv");
    assertThat(csv.headers().firstValue("Content-Disposition").orElseThrow())
        .contains("recommendations-2011-08-31.csv");
    assertThat(csv.body().split("\r\n"))
        .hasSize(121)
        .startsWith("product_id,name,uplift_units")
        .anyMatch(line -> line.contains("'=cmd|' /C calc'!A0"))
        .anyMatch(line -> line.contains(",\"Théière \"\"émaillée\"\", 1 l\","))
        .anyMatch(line -> line.matches(".*,-[0-9.]+(E-?\\d+)?"));
    assertThat(server.get(LIST + "?limit=3", "Accept", "text/csv").body().split("\r\n")).hasSize(4);
  }

  @Test
  void theListOfReasonsIsInJsonOnlyAndCsvHasTheMainOne() {
    JsonNode item = json(LIST + "?limit=1&fields=reasons").at("/items/0");
    assertThat(item.at("/reasons/0/effect").asDouble()).isEqualTo(11.6);
    assertThat(server.get(LIST, "Accept", "text/csv").body().lines().findFirst().orElseThrow())
        .endsWith(
            ",model_id,units_q05,units_q10,units_q25,units_q50,units_q75,units_q90,units_q95"
                + ",chance,state,check_stock,weekly_units,main_family,main_reason");
    assertThat(
            server
                .send(
                    server
                        .request(LIST + "?limit=1&fields=main_family,main_reason")
                        .header("Accept", "text/csv")
                        .header("Accept-Language", "fr"))
                .body())
        .contains("searches,Les recherches augmentent (+12 % d’unités) : intérêt de recherche");
    HttpResponse<String> csv = server.get(LIST + "?fields=reasons", "Accept", "text/csv");
    assertThat(csv.statusCode()).isEqualTo(400);
    assertThat(csv.body()).contains("'fields' can't contain 'reasons'");
  }

  @Test
  void anAnswerThatStillHoldsIsNotSentAgain() {
    HttpResponse<String> first = server.get(LIST);
    String tag = first.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> again = server.get(LIST, "If-None-Match", tag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(again.headers().firstValue("ETag")).hasValue(tag);
    assertThat(server.get(LIST + "?limit=1", "If-None-Match", tag).statusCode()).isEqualTo(200);

    store.publish(
        Copies.with(Samples.run("r2", 2), "asOf", Samples.AS_OF.plusDays(1)),
        Samples.scores("r2", 1));
    server.refresh();
    assertThat(server.get(LIST, "If-None-Match", tag).statusCode()).isEqualTo(200);
  }

  @Test
  void aSecondAnswerIsTheFirstOne() {
    assertThat(server.get(LIST).body()).isEqualTo(server.get(LIST).body());
    assertThat(server.get(LIST, "Accept-Encoding", "gzip").headers().firstValue("Content-Encoding"))
        .hasValue("gzip");
  }

  @Test
  void listsNeedTheStoreOnlyOnce() throws Exception {
    Files.delete(store.file(Table.SCORES, "r1"));
    assertThat(json(LIST + "?sort=growth").get("total").asInt()).isEqualTo(120);
    assertThat(json("/api/v1/products/20370").get("items")).hasSize(2);
  }

  @Test
  void aRunWithoutRowsIsAnEmptyList() {
    store.publish(Copies.with(Samples.run("r2", 0), "asOf", Samples.AS_OF.plusDays(1)), List.of());
    server.refresh();
    JsonNode body = json(LIST);
    assertThat(body.get("run_id").asText()).isEqualTo("r2");
    assertThat(body.get("items")).isEmpty();
    for (String route : List.of("markets", "categories", "brands", "trends", "models", "quality")) {
      assertThat(server.get("/api/v1/" + route).statusCode()).as(route).isEqualTo(200);
    }
    assertThat(json("/api/v1/markets").get("items")).isEmpty();
    assertThat(server.get("/api/v1/products/20370").statusCode()).isEqualTo(404);
    assertThat(server.get(LIST, "Accept", "text/csv").body().split("\r\n")).hasSize(1);
    assertThat(server.get("/").statusCode()).isEqualTo(200);
    for (ScoreSort sort : ScoreSort.values()) {
      assertThat(json(LIST + "?q=lantern&sort=" + sort.label()).get("items")).isEmpty();
    }
  }

  private JsonNode json(String path) {
    HttpResponse<String> response = server.get(path);
    assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(200);
    return TestServer.json(response);
  }
}
