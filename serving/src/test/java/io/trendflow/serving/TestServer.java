package io.trendflow.serving;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

/** The service over a store, on a free port, and a client that speaks real HTTP to it. */
final class TestServer implements AutoCloseable {
  private final EmbeddedServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  TestServer(StoreFolder store) {
    server =
        ApplicationContext.run(
            EmbeddedServer.class,
            Map.of(
                "trendflow.store.path",
                store.path().toString(),
                "trendflow.refresh",
                "1h",
                "micronaut.server.port",
                -1));
  }

  /** What the schedule does every 30 seconds. */
  void refresh() {
    server.getApplicationContext().getBean(LatestRun.class).refresh();
  }

  /**
   * Asks for a path, which is sent as it is.
   *
   * @throws IllegalStateException when there is no answer
   */
  HttpResponse<String> get(String path) {
    return send("GET", path);
  }

  HttpResponse<String> send(String method, String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.getURI() + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("no answer to " + path, e);
    }
  }

  /** The body of an answer. */
  static JsonNode json(HttpResponse<String> response) {
    try {
      return new ObjectMapper().readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not JSON: " + response.body(), e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
