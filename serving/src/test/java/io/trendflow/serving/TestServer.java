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

/** Service over a store on a free port, and an HTTP client for it. */
public final class TestServer implements AutoCloseable {
  private final EmbeddedServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  /** Starts a service that accepts data of any age, because the samples are old. */
  public TestServer(StoreFolder store) {
    this(store, Map.of("trendflow.max-age.run", 100_000));
  }

  public TestServer(StoreFolder store, Map<String, Object> settings) {
    this(with(settings, "trendflow.store.path", store.path().toString()));
  }

  /** Starts a service with settings that name the store. */
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

  /** Returns a bean of the service. */
  public <T> T bean(Class<T> type) {
    return server.getApplicationContext().getBean(type);
  }

  /** Looks for a later run, which the schedule does at the start and every 30 seconds. */
  public void refresh() {
    bean(LatestRun.class).refresh();
  }

  /**
   * Requests a path, which is sent unchanged.
   *
   * @throws IllegalStateException if there is no response
   */
  public HttpResponse<String> get(String path) {
    return send("GET", path);
  }

  public HttpResponse<String> send(String method, String path) {
    return send(request(path).method(method, HttpRequest.BodyPublishers.noBody()));
  }

  /** Requests a path with a header. */
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
      throw new IllegalStateException("no response to " + built.uri(), e);
    }
  }

  /** Returns the body of a response as JSON. */
  public static JsonNode json(HttpResponse<String> response) {
    try {
      return new ObjectMapper().readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the response is not JSON: " + response.body(), e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
