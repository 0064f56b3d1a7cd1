package io.trendflow.serving.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.trendflow.schemas.Sha256;
import io.trendflow.serving.Application;
import io.trendflow.serving.TestServer;
import io.trendflow.serving.snapshot.OutcomeRecord;
import io.trendflow.serving.store.Shop;
import io.trendflow.serving.store.StoreFolder;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the only routes that write. */
class DecisionsTest {
  private static final String BUY =
      "{\"market\": \"uk\", \"product_id\": \"20000\", \"action\": \"buy\", \"units\": 40}";

  private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([^\"]+)\"");

  private StoreFolder store;

  @BeforeEach
  void publish(@TempDir Path folder) {
    store = Shop.publish(new StoreFolder(folder));
  }

  @Test
  void aDecisionPostedTwiceWithOneKeyIsOneRow() {
    try (TestServer server = new TestServer(store)) {
      HttpResponse<String> first = post(server, BUY, "k1");
      assertThat(first.statusCode()).isEqualTo(201);
      HttpResponse<String> again = post(server, BUY, "k1");
      assertThat(again.body()).isEqualTo(first.body());
      assertThat(post(server, BUY.replace("40", "41"), "k1").statusCode()).isEqualTo(409);
      assertThat(post(server, BUY, "k2").statusCode()).isEqualTo(201);
      assertThat(decisions(server)).hasSize(2);
    }
    try (TestServer server = new TestServer(store)) {
      assertThat(post(server, BUY, "k1").statusCode()).isEqualTo(201);
      assertThat(decisions(server)).as("another process knows the keys").hasSize(2);
      assertThat(decisions(server).get(1).get("units").asDouble()).isEqualTo(40);
      assertThat(decisions(server).get(1).get("run_id").asText()).isEqualTo("r1");
    }
  }

  @Test
  void aDecisionSurvivesSigkill() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    ProcessBuilder command =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Application.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    command.environment().put("TRENDFLOW_STORE_PATH", store.path().toString());
    command.environment().put("MICRONAUT_SERVER_PORT", String.valueOf(port));
    Process service = command.start();
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/decisions"))
              .header("Content-Type", "application/json")
              .header("Idempotency-Key", "k1")
              .POST(HttpRequest.BodyPublishers.ofString(BUY))
              .build();
      assertThat(sendWhenStarted(request).statusCode()).isEqualTo(201);
    } finally {
      service.destroyForcibly().waitFor();
    }
    try (TestServer server = new TestServer(store)) {
      assertThat(decisions(server)).hasSize(1);
    }
  }

  private static HttpResponse<String> sendWhenStarted(HttpRequest request)
      throws InterruptedException {
    Instant end = Instant.now().plus(Duration.ofMinutes(1));
    while (true) {
      try {
        HttpResponse<String> response =
            HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 503) {
          return response;
        }
      } catch (IOException e) {
        // The service does not listen yet.
      }
      assertThat(Instant.now()).isBefore(end);
      Thread.sleep(200);
    }
  }

  @Test
  void onlyAKeyThatMayWriteAddsDecisions() {
    Map<String, Object> keys =
        Map.of(
            "trendflow.max-age.run",
            100_000,
            "trendflow.api-keys.reader.hash",
            Sha256.hex("reader"),
            "trendflow.api-keys.writer.hash",
            Sha256.hex("writer"),
            "trendflow.api-keys.writer.markets",
            "de",
            "trendflow.api-keys.writer.write",
            true);
    try (TestServer server = new TestServer(store, keys)) {
      assertThat(as(server, "reader", BUY).statusCode()).isEqualTo(403);
      assertThat(as(server, "reader", BUY).body())
          .contains("The key 'reader' may only read: set trendflow.api-keys.reader.write to true");
      assertThat(as(server, "writer", BUY).statusCode()).as("another market").isEqualTo(400);
      String own = BUY.replace("uk", "de");
      assertThat(as(server, "writer", own).statusCode()).isEqualTo(201);
      assertThat(as(server, "writer", own).body()).contains("\"decided_by\":\"writer\"");
      assertThat(server.get("/products/20000?market=uk", "X-API-Key", "reader").body())
          .doesNotContain("name=\"override_units\"");
    }
  }

  @Test
  void badRequestsAreRefusedWithASentence() {
    try (TestServer server = new TestServer(store)) {
      assertRefused(server, BUY, null, "The header Idempotency-Key is missing");
      assertRefused(server, BUY.replace("buy", "sell"), "k", "buy, skip, watch, launch, delist");
      assertRefused(server, BUY.replace("40", "-1"), "k", "'units' must be from 0 to 1000000000.");
      assertRefused(
          server,
          BUY.replace("40", "40, \"note\": \"" + "x".repeat(1001) + "\""),
          "k",
          "'note' is longer than the maximum of 1000 characters.");
      assertRefused(
          server,
          BUY.replace("40", "40, \"run_id\": \"r9\""),
          "k",
          "'run_id' is not a published run");
      assertThat(post(server, BUY.replace("20000", "unknown"), "k").statusCode()).isEqualTo(404);
      assertThat(post(server, BUY.replace("40", "40, \"undoes\": \"x\""), "k").body())
          .contains("Decision 'x' does not exist and can't be undone.");
      assertThat(decisions(server)).isEmpty();
    }
  }

  @Test
  void theFormAddsADecisionAndUndoesIt() {
    try (TestServer server = new TestServer(store)) {
      String page = server.get("/products/20000?market=uk").body();
      Matcher token = TOKEN.matcher(page);
      assertThat(token.find()).isTrue();
      String fields = "market=uk&action=watch&note=too+late&override_units=12,5&key=f1";
      assertThat(form(server, fields).statusCode()).as("without its token").isEqualTo(403);
      assertThat(form(server, fields + "&token=" + "A".repeat(43)).statusCode()).isEqualTo(403);
      assertThat(form(server, fields + "&token=" + token.group(1)).statusCode()).isEqualTo(303);
      page = server.get("/products/20000?market=uk", "Accept-Language", "fr").body();
      assertThat(page).contains("<strong>Surveiller</strong>", "too late", "(prévu : 13)");
      String id = decisions(server).get(0).get("decision_id").asText();
      String undo = "market=uk&action=watch&key=undo-" + id + "&undoes=" + id;
      assertThat(form(server, undo + "&token=" + token.group(1)).statusCode()).isEqualTo(303);
      assertThat(server.get("/products/20000?market=uk").body()).doesNotContain("too late");
      assertThat(decisions(server)).as("nothing is deleted").hasSize(2);
    }
  }

  @Test
  void theResultsShowWhatOwnForecastsAdded() {
    Shop.judge(store, "m1", "old", 35);
    OutcomeRecord lantern =
        Shop.outcomes("m1", "old", 35, 1).stream()
            .filter(o -> o.market().equals("uk") && o.productId().equals(Shop.LANTERN))
            .findFirst()
            .orElseThrow();
    try (TestServer server = new TestServer(store)) {
      double own = lantern.actualUnits() + 20;
      String body = BUY.replace("40", "40, \"run_id\": \"old\", \"override_units\": " + own);
      assertThat(post(server, body, "k1").statusCode()).isEqualTo(201);
      String page = server.get("/results", "Accept-Language", "en").body();
      assertThat(page).contains("over 1 decision with a forecast of your own");
      assertThat(page.substring(page.indexOf("id=\"added\"")))
          .containsSubsequence("Your forecasts</dt><dd>20</dd>", "Forecasts of TrendFlow</dt><dd>");
    }
  }

  private static void assertRefused(
      TestServer server, String body, @Nullable String key, String why) {
    HttpResponse<String> refused = post(server, body, key);
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains(why);
  }

  private static JsonNode decisions(TestServer server) {
    return TestServer.json(server.get("/api/v1/decisions")).get("items");
  }

  private static HttpResponse<String> post(TestServer server, String body, @Nullable String key) {
    HttpRequest.Builder request =
        server
            .request("/api/v1/decisions")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return server.send(key == null ? request : request.header("Idempotency-Key", key));
  }

  private static HttpResponse<String> as(TestServer server, String key, String body) {
    return server.send(
        server
            .request("/api/v1/decisions")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", "k1")
            .header("X-API-Key", key)
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static HttpResponse<String> form(TestServer server, String fields) {
    return server.send(
        server
            .request("/products/20000/decisions")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(fields)));
  }
}
