package io.trendflow.serving.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Emulators of BigQuery and Cloud Storage, started by {@code emulators/run} on their own ports, so
 * that several can run at a time.
 */
final class Emulators implements AutoCloseable {
  private static final Pattern OPTION = Pattern.compile("-D(javax\\.net\\.ssl\\.[^=]+)=([^\" ]+)");
  private static final Pattern READY =
      Pattern.compile(
          "Cloud Storage (\\S+), BigQuery (\\S+), its Storage API (\\S+)", Pattern.MULTILINE);

  private static final Random RANDOM = new Random();

  private final Map<String, String> settings = new HashMap<>();
  private final BigQueryConfig.Emulator addresses;
  private boolean stopped;

  /** Starts the emulators and makes this JVM trust them; they end with this JVM at the latest. */
  Emulators() throws IOException {
    Path state = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "emulators");
    settings.put("TRENDFLOW_EMULATORS_STATE", state.toString());
    for (String server : List.of("GCS", "BIGQUERY", "BIGQUERY_STORAGE")) {
      settings.put("TRENDFLOW_" + server + "_PORT", String.valueOf(freePort()));
    }
    String said = run("start");
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    Matcher option = OPTION.matcher(said);
    while (option.find()) {
      System.setProperty(option.group(1), option.group(2));
    }
    Matcher ready = READY.matcher(said);
    if (!ready.find()) {
      throw new IllegalStateException("emulators/run start did not print the addresses: " + said);
    }
    addresses = new BigQueryConfig.Emulator(ready.group(2), ready.group(3), ready.group(1));
  }

  /** Returns the configuration of a new, empty store. */
  BigQueryConfig store(String prefix) {
    return store(prefix, Duration.ofSeconds(30));
  }

  /** Returns the configuration of a new store whose readers wait that long for a response. */
  BigQueryConfig store(String prefix, Duration patience) {
    return new BigQueryConfig("trendflow", prefix, "gs://models/" + prefix, 1, patience, addresses);
  }

  /**
   * Makes the next calls fail.
   *
   * @param on part of a gRPC method's name, or of method and path of a REST request
   * @param status status with which the calls fail
   * @param reason BigQuery's reason code of a REST request; empty for the usual one
   */
  void refuse(String on, int status, String reason, int times) {
    faults(
        "[{\"on\": \"%s\", \"do\": \"refuse\", \"status\": %d, \"reason\": \"%s\", \"times\": %d}]"
            .formatted(on, status, reason, times));
  }

  /** Stops making calls fail. */
  void relent() {
    faults("[]");
  }

  private void faults(String json) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(addresses.bigquery() + "/faults"))
            .PUT(HttpRequest.BodyPublishers.ofString(json))
            .build();
    send(request);
  }

  /** Writes an object of Cloud Storage, and creates its bucket. */
  void upload(String bucket, String object, byte[] content) {
    String storage = addresses.storage();
    send(
        HttpRequest.newBuilder(URI.create(storage + "/storage/v1/b?project=trendflow"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"name\": \"" + bucket + "\"}"))
            .build());
    String name = URLEncoder.encode(object, StandardCharsets.UTF_8);
    send(
        HttpRequest.newBuilder(
                URI.create(
                    "%s/upload/storage/v1/b/%s/o?uploadType=media&name=%s"
                        .formatted(storage, bucket, name)))
            .POST(HttpRequest.BodyPublishers.ofByteArray(content))
            .build());
  }

  private static void send(HttpRequest request) {
    try {
      var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(request.uri() + ": " + answer.body());
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("no response to " + request.uri(), e);
    }
  }

  // Below the ports that systems give to outgoing connections: another connection would take a port
  // from there before the emulator listens on it.
  private static int freePort() {
    while (true) {
      int port = 20_000 + RANDOM.nextInt(12_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // Something listens on it: try another one.
      }
    }
  }

  private String run(String command) {
    ProcessBuilder builder =
        new ProcessBuilder(Path.of("../emulators/run").toString(), command)
            .redirectErrorStream(true);
    builder.environment().putAll(settings);
    try {
      Process process = builder.start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.onExit().join().exitValue() != 0) {
        throw new IllegalStateException("emulators/run " + command + " failed: " + said);
      }
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException("emulators/run can't be run", e);
    }
  }

  @Override
  public void close() {
    if (!stopped) {
      stopped = true;
      run("stop");
    }
  }
}
