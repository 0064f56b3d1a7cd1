package io.trendflow.jobs;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.trendflow.testing.FreePort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;

/**
 * Emulators of Cloud Storage and BigQuery on free local ports, empty at first. They stop with the
 * JVM at the latest. Each test should stop them itself, because their memory grows with every table
 * that is created.
 */
public final class Emulators implements AutoCloseable {
  public static final String PROJECT = "trendflow";
  private static final Path RUN = Path.of("../emulators/run").toAbsolutePath().normalize();
  private static final Path LOG =
      Path.of("target/emulators-" + ProcessHandle.current().pid() + ".log");
  private static final Pattern TRUST = Pattern.compile("trustStore=(\\S+) ");
  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final int gcs = FreePort.find();
  private final int rest = FreePort.find();
  private final int storage = FreePort.find();
  private final Process process;

  private Emulators() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(RUN.toString(), "foreground").redirectError(LOG.toFile());
    builder.environment().put("TRENDFLOW_GCS_PORT", Integer.toString(gcs));
    builder.environment().put("TRENDFLOW_BIGQUERY_PORT", Integer.toString(rest));
    builder.environment().put("TRENDFLOW_BIGQUERY_STORAGE_PORT", Integer.toString(storage));
    process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    for (String line = lines.readLine(); ; line = lines.readLine()) {
      if (line == null) {
        throw new IllegalStateException("the emulators did not start: " + Files.readString(LOG));
      }
      Matcher trust = TRUST.matcher(line);
      if (trust.find()) {
        System.setProperty("javax.net.ssl.trustStore", trust.group(1));
        System.setProperty("javax.net.ssl.trustStorePassword", "changeit");
      }
      if (line.startsWith("ready: ")) {
        return;
      }
    }
  }

  /** Starts the emulators; the test fails if they can't start. */
  public static Emulators start() {
    try {
      return new Emulators();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }

  /** Returns a configuration for {@code make emulators} with the ports of these emulators. */
  String here(String configuration) {
    return configuration
        .replace("127.0.0.1:4443", "127.0.0.1:" + gcs)
        .replace("127.0.0.1:9049", "127.0.0.1:" + rest)
        .replace("localhost:9443", "localhost:" + storage);
  }

  /** Applies the settings of conf/emulators.yaml to a running session. */
  public SparkSession told(SparkSession spark) {
    settings().forEach((name, value) -> spark.conf().set(name, value));
    return spark;
  }

  private Map<String, String> settings() {
    try {
      String place = here(Files.readString(Path.of("../conf/emulators.yaml")));
      Map<String, String> settings = new LinkedHashMap<>();
      new YAMLMapper()
          .readTree(place)
          .path("spark")
          .path("settings")
          .fields()
          .forEachRemaining(
              setting ->
                  // A running session knows Hadoop's settings by their own names.
                  settings.put(
                      setting.getKey().replaceFirst("^spark\\.hadoop\\.", ""),
                      setting.getValue().asText()));
      return settings;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the system properties that point the service's JVM at the emulators. */
  Map<String, String> ofTheService() {
    return Map.of(
        "trendflow.store.emulator.bigquery", "http://127.0.0.1:" + rest,
        "trendflow.store.emulator.bigquery-storage", "localhost:" + storage,
        "trendflow.store.emulator.storage", "http://127.0.0.1:" + gcs,
        "javax.net.ssl.trustStore", System.getProperty("javax.net.ssl.trustStore"),
        "javax.net.ssl.trustStorePassword", "changeit");
  }

  /** Returns the JVM options that make a JVM trust the emulators. */
  String javaOptions() {
    return "-Djavax.net.ssl.trustStore=%s -Djavax.net.ssl.trustStorePassword=changeit"
        .formatted(System.getProperty("javax.net.ssl.trustStore"));
  }

  void makeBucket(String name) throws Exception {
    var unused =
        asked(
            "http://127.0.0.1:" + gcs + "/storage/v1/b?project=" + PROJECT,
            HttpRequest.newBuilder()
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\": \"" + name + "\"}")));
  }

  /** Replaces the pending faults with those of a JSON list. */
  public void inject(String faults) throws Exception {
    var unused =
        asked(address(), HttpRequest.newBuilder().PUT(HttpRequest.BodyPublishers.ofString(faults)));
  }

  /** Returns the injected faults, with the number of times each is still to happen. */
  public String faults() throws Exception {
    return asked(address(), HttpRequest.newBuilder());
  }

  private String address() {
    return bigquery() + "/faults";
  }

  /** Returns the address of BigQuery's REST interface. */
  String bigquery() {
    return "http://127.0.0.1:" + rest;
  }

  /** Runs a statement in BigQuery. */
  void run(String sql) throws Exception {
    var unused =
        posted("/queries", JSON.createObjectNode().put("query", sql).put("useLegacySql", false));
  }

  void makeDataset(String name) throws Exception {
    ObjectNode dataset = JSON.createObjectNode();
    dataset.putObject("datasetReference").put("projectId", PROJECT).put("datasetId", name);
    var unused = posted("/datasets", dataset);
  }

  private String posted(String path, ObjectNode body) throws Exception {
    return asked(
        bigquery() + "/bigquery/v2/projects/" + PROJECT + path,
        HttpRequest.newBuilder()
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
  }

  private static String asked(String address, HttpRequest.Builder request) throws Exception {
    HttpResponse<String> answer =
        HTTP.send(request.uri(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IllegalArgumentException(answer.body());
    }
    return answer.body();
  }
}
