package io.trendflow.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The packaged service over a store, in its own process on a free port of 127.0.0.1. */
record ServedStore(Process process, int port) implements AutoCloseable {
  private static final Path JAR = Path.of("../serving/target/trendflow-serving.jar");
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  static ServedStore start(Path store) throws Exception {
    ServedStore served = startWithoutWaiting(store);
    assertThat(served.status("/health/readiness")).isEqualTo(200);
    return served;
  }

  /** Waits until the service answers, ready or not. */
  static ServedStore startWithoutWaiting(Path store) throws Exception {
    assertThat(JAR).as("the service must be packaged first").exists();
    int port = freePort();
    ProcessBuilder builder = new ProcessBuilder("java", "-jar", JAR.toString()).inheritIO();
    builder.environment().put("TRENDFLOW_STORE_PATH", store.toString());
    builder.environment().put("MICRONAUT_SERVER_PORT", Integer.toString(port));
    builder.environment().put("TRENDFLOW_MAX_AGE_RUN", "100000"); // the shop's days are long past
    ServedStore served = new ServedStore(builder.start(), port);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      try {
        served.status("/health/liveness");
        return served;
      } catch (ConnectException e) {
        Thread.sleep(100);
      }
    }
    served.close();
    throw new IllegalStateException("the service did not start within " + PATIENCE);
  }

  JsonNode get(String path) throws Exception {
    HttpResponse<String> answer = answer(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body());
  }

  int status(String path) throws Exception {
    return answer(path).statusCode();
  }

  private HttpResponse<String> answer(String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    return HTTP.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.destroy();
    assertThat(process.onExit().orTimeout(20, TimeUnit.SECONDS).join().isAlive()).isFalse();
  }
}
