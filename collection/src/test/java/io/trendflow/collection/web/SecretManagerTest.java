package io.trendflow.collection.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests requests to an imitation of Google's metadata server and of Secret Manager. */
class SecretManagerTest {
  @SuppressWarnings("NullAway.Init") // set before each test
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", SecretManagerTest::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String request =
          exchange.getRequestURI().getPath()
              + " "
              + exchange.getRequestHeaders().getFirst("Metadata-Flavor")
              + " "
              + exchange.getRequestHeaders().getFirst("Authorization");
      String body =
          switch (request) {
            case "/computeMetadata/v1/instance/service-accounts/default/token Google null" ->
                "{\"access_token\": \"t0ken\", \"expires_in\": 3599}";
            case "/v1/projects/shop/secrets/trendflow-alert-webhook/versions/latest:access null"
                    + " Bearer t0ken" ->
                "{\"name\": \"x\", \"payload\": {\"data\": \"aHR0cHM6Ly9jaGF0\"}}";
            default -> "";
          };
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(
          body.isEmpty() ? 404 : 200, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private SecretManager secrets() {
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    return new SecretManager("shop", new MachineAccount(address), address);
  }

  @Test
  void aVariableThatIsNotSetIsReadFromTheProject() {
    SecretValues values = new SecretValues(Map.of("SET", "here"), secrets()::read);
    assertThat(values.of("url", "${SET}")).isEqualTo("here");
    assertThat(values.of("url", "${ALERT_WEBHOOK}")).isEqualTo("https://chat");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> values.of("url", "${OTHER}"))
        .withMessage("url is ${OTHER}, but the environment variable OTHER is not set: export it.");
  }

  @Test
  void aMachineOutsideOfGoogleCloudHasNoSecrets() {
    stop();
    assertThat(secrets().read("ALERT_WEBHOOK")).isEmpty();
  }
}
