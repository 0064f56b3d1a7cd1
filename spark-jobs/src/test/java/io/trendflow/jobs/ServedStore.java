package io.trendflow.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trendflow.testing.FreePort;
import java.io.File;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The packaged service with a store, in its own process on a free port of 127.0.0.1. */
record ServedStore(Process process, int port) implements AutoCloseable {
  // bin/run-tests names a copy of the build, because Maven packages the service while other modules
  // are tested.
  private static final Path JAR =
      Path.of(
          System.getenv().getOrDefault("TRENDFLOW_BUILD", ".."),
          "serving/target/trendflow-serving.jar");
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Starts the service and waits until it serves a run. */
  static ServedStore start(Path store) throws Exception {
    return start(inFolder(store));
  }

  /**
   * Starts the service and waits until it serves a run.
   *
   * @param settings of the service, by the names of its properties
   */
  static ServedStore start(Map<String, String> settings) throws Exception {
    return start(settings, "/health/readiness", answer -> answer.statusCode() == 200);
  }

  private static Map<String, String> inFolder(Path store) {
    return Map.of("trendflow.store.path", store.toString());
  }

  /** Starts the service and waits until it responds that there is no run. */
  static ServedStore startWithoutRun(Path store) throws Exception {
    return start(
        inFolder(store),
        "/api/v1/recommendations",
        answer ->
            answer.statusCode() == 503
                && answer.body().contains("No scoring run is published yet"));
  }

  private static ServedStore start(
      Map<String, String> settings, String path, Predicate<HttpResponse<String>> expected)
      throws Exception {
    assertThat(JAR).as("the service must be packaged first").exists();
    int port = FreePort.find();
    List<String> command = new ArrayList<>(List.of("java", "-XX:TieredStopAtLevel=1"));
    settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.addAll(List.of("-jar", JAR.toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    File log = new File("target/served.log");
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log));
    builder.environment().put("NO_GCE_CHECK", "true");
    builder.environment().put("MICRONAUT_SERVER_PORT", Integer.toString(port));
    builder.environment().put("TRENDFLOW_MAX_AGE_RUN", "100000"); // the shop's days are long past
    ServedStore served = new ServedStore(builder.start(), port);
    try {
      served.await(path, expected);
      return served;
    } catch (Throwable e) {
      served.close();
      throw e;
    }
  }

  private void await(String path, Predicate<HttpResponse<String>> expected) throws Exception {
    String last = "nothing yet";
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      try {
        HttpResponse<String> answer = answer(path);
        if (expected.test(answer)) {
          return;
        }
        last = answer.statusCode() + " " + answer.body();
      } catch (ConnectException e) {
        last = "no connection";
      }
      Thread.sleep(100);
    }
    throw new AssertionError(
        path + " did not answer as expected within " + PATIENCE + ", but: " + last);
  }

  JsonNode get(String path) throws Exception {
    HttpResponse<String> answer = answer(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body());
  }

  private HttpResponse<String> answer(String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    return HTTP.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    process.destroy();
    assertThat(process.onExit().orTimeout(20, TimeUnit.SECONDS).join().isAlive()).isFalse();
  }
}
