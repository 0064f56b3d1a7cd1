package io.trendflow.serving;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.trendflow.serving.snapshot.LatestRun;
import io.trendflow.serving.store.StoreFolder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;

/** The service over a store, on a free port, and a client that speaks real HTTP to it. */
public final class TestServer implements AutoCloseable {
  private final EmbeddedServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  /** The samples are old, and may be. */
  public TestServer(StoreFolder store) {
    this(store, Map.of("trendflow.max-age.run", 100_000));
  }

  public TestServer(StoreFolder store, Map<String, Object> settings) {
    this(with(settings, "trendflow.store.path", store.path().toString()));
  }

  /** With settings that name the store. */
  public TestServer(Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(settings);
    all.putIfAbsent("trendflow.request-timeout", "5s");
    all.putIfAbsent("trendflow.refresh", "1h");
    all.put("micronaut.server.port", -1);
    server = ApplicationContext.run(EmbeddedServer.class, all);
    refresh();
  }

  private static Map<String, Object> with(Map<String, Object> settings, String key, Object value) {
    Map<String, Object> all = new HashMap<>(settings);
    all.put(key, value);
    return all;
  }

  public URI address() {
    return server.getURI();
  }

  /** What the schedule does at the start, then every 30 seconds. */
  public void refresh() {
    server.getApplicationContext().getBean(LatestRun.class).refresh();
  }

  /**
   * Asks for a path, which is sent as it is.
   *
   * @throws IllegalStateException when there is no answer
   */
  public HttpResponse<String> get(String path) {
    return send("GET", path);
  }

  public HttpResponse<String> send(String method, String path) {
    return send(request(path).method(method, HttpRequest.BodyPublishers.noBody()));
  }

  /** Asks for a path with a header. */
  public HttpResponse<String> get(String path, String header, String value) {
    return send(request(path).header(header, value));
  }

  public HttpResponse<String> post(String path, String json) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.getURI() + path));
  }

  public HttpResponse<String> send(HttpRequest.Builder request) {
    HttpRequest built = request.build();
    try {
      return client.send(built, HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("no answer to " + built.uri(), e);
    }
  }

  /** The body of an answer. */
  public static JsonNode json(HttpResponse<String> response) {
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
