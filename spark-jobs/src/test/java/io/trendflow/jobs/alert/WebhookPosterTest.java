package io.trendflow.jobs.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import io.trendflow.collection.web.SecretValues;
import io.trendflow.jobs.config.AlertsConfig;
import io.trendflow.jobs.config.WebhookConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookPosterTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final Instant NOW = Instant.ofEpochSecond(1614265330);
  private static final WebhookConfig CHAT = new WebhookConfig("${URL}", null, null, null);
  private static final WebhookConfig SIGNED =
      new WebhookConfig("${URL}", "signed", "${SECRET}", null);

  /** Request that the server received. */
  private record Received(String path, Headers headers, String body) {}

  private final List<Received> received = Collections.synchronizedList(new ArrayList<>());
  private final List<String> problems = new ArrayList<>();
  private final List<Integer> statuses = Collections.synchronizedList(new ArrayList<>());

  @SuppressWarnings("NullAway.Init") // set before each test
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            received.add(
                new Received(
                    exchange.getRequestURI().getPath(),
                    exchange.getRequestHeaders(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            int status = statuses.isEmpty() ? 204 : statuses.remove(0);
            exchange.sendResponseHeaders(status, -1);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aChatGetsTheLinesOfAllEventsInOneMessage() throws IOException {
    post(Map.of("chat", CHAT), address(), event("a"), event("b"));
    assertThat(received).hasSize(1);
    assertThat(received.get(0).path()).isEqualTo("/hook");
    assertThat(JSON.readTree(received.get(0).body()))
        .isEqualTo(JSON.readTree("{\"text\": \"text a\\ntext b\"}"));
    assertThat(problems).isEmpty();
  }

  @Test
  void aSignedMessageCanBeVerifiedByItsHeaders() throws IOException {
    post(Map.of("own", SIGNED), address(), event("a"), event("b"));
    assertThat(received).hasSize(2);
    for (Received message : received) {
      String id = message.headers().getFirst("webhook-id");
      long timestamp = Long.parseLong(message.headers().getFirst("webhook-timestamp"));
      assertThat(timestamp).isEqualTo(NOW.getEpochSecond());
      assertThat(message.headers().getFirst("webhook-signature"))
          .isEqualTo(WebhookSignature.of(KEY, id, timestamp, message.body()));
      JsonNode body = JSON.readTree(message.body());
      assertThat(body.get("type").asText()).isEqualTo(AlertsConfig.FINDING_RAISED);
      assertThat(body.get("timestamp").asText()).isEqualTo("2021-02-25T15:02:10Z");
      assertThat(body.get("data").get("subject").asText()).isEqualTo(id);
    }
  }

  /** The example of the specification of Standard Webhooks. */
  @Test
  void theSignatureIsThatOfStandardWebhooks() {
    assertThat(
            WebhookSignature.of(
                KEY, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}"))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void aRefusedMessageIsRepeatedOnlyIfTheRefusalMayPass() {
    statuses.addAll(List.of(503, 429, 200));
    post(Map.of("chat", CHAT), address(), event("a"));
    assertThat(received).hasSize(3);
    assertThat(problems).isEmpty();
    statuses.add(410);
    post(Map.of("chat", CHAT), address(), event("a"));
    assertThat(received).hasSize(4);
    assertThat(problems).containsExactly("webhook chat did not get its message: status 410.");
  }

  @Test
  void aWebhookGetsItsEventsOnly() {
    WebhookConfig runs =
        new WebhookConfig("${URL}", "slack", null, List.of(AlertsConfig.RUN_PUBLISHED));
    post(Map.of("runs", runs), address(), event("a"));
    assertThat(received).isEmpty();
  }

  @Test
  void hangingAndDeadWebhooksDelayAJobByAFewSecondsAndDoNotFailIt() throws IOException {
    InetAddress local = InetAddress.getLoopbackAddress();
    try (ServerSocket hangs = new ServerSocket(0, 50, local)) {
      ServerSocket dead = new ServerSocket(0, 50, local);
      dead.close();
      Map<String, String> env =
          Map.of(
              "HANGS", "http://127.0.0.1:" + hangs.getLocalPort() + "/top-secret",
              "DEAD", "http://127.0.0.1:" + dead.getLocalPort() + "/top-secret",
              "GOOD", address());
      Map<String, WebhookConfig> webhooks =
          Map.of(
              "dead", new WebhookConfig("${DEAD}", null, null, null),
              "good", new WebhookConfig("${GOOD}", null, null, null),
              "hangs", new WebhookConfig("${HANGS}", null, null, null),
              "unset", new WebhookConfig("${UNSET}", null, null, null));
      long start = System.nanoTime();
      poster(webhooks, env).post(List.of(event("a")));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(7));
    }
    assertThat(received).hasSize(1);
    assertThat(problems)
        .containsExactly(
            "webhook dead did not get its message: ConnectException.",
            "webhook hangs did not get its message: no answer in 5 s.",
            "webhook unset did not get its message: alerts.webhooks.unset.url is ${UNSET}, but the"
                + " environment variable UNSET is not set: export it.");
  }

  @Test
  void noSecretIsShown() {
    for (String url : List.of("http://top-secret.example/", "top secret", "https:top-secret")) {
      poster(Map.of("own", SIGNED), Map.of("URL", url, "SECRET", KEY)).post(List.of(event("a")));
    }
    for (String secret : List.of("top-secret", "dG9wLXNlY3JldA==")) {
      poster(Map.of("own", SIGNED), Map.of("URL", address(), "SECRET", secret))
          .post(List.of(event("a")));
    }
    assertThat(problems).hasSize(5).allMatch(line -> line.contains("own"));
    assertThat(String.join("\n", problems)).doesNotContain("top", "dG9w", address());
    assertThatThrownBy(() -> new WebhookConfig("https://top-secret", null, null, null))
        .hasMessageStartingWith("url has a literal value")
        .hasMessageNotContaining("top");
    assertThatThrownBy(() -> new WebhookConfig("${URL}", "signed", "top-secret", null))
        .hasMessageStartingWith("secret has a literal value")
        .hasMessageNotContaining("top");
  }

  private String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
  }

  private void post(Map<String, WebhookConfig> webhooks, String url, AlertEvent... events) {
    poster(webhooks, Map.of("URL", url, "SECRET", KEY)).post(List.of(events));
  }

  private WebhookPoster poster(Map<String, WebhookConfig> webhooks, Map<String, String> env) {
    return new WebhookPoster(
        new AlertsConfig("alert", webhooks),
        new SecretValues(env),
        Clock.fixed(NOW, ZoneOffset.UTC),
        problems::add);
  }

  private static AlertEvent event(String name) {
    return new AlertEvent(
        name, AlertsConfig.FINDING_RAISED, "text " + name, Map.of("subject", name));
  }
}
