package io.trendflow.jobs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;

/**
 * Cloud Storage and BigQuery on free ports of this machine, started once and ended with the JVM. A
 * test that asks for them fails if they can't start.
 */
final class Emulators {
  static final String PROJECT = "trendflow";
  private static final Path RUN = Path.of("../emulators/run").toAbsolutePath().normalize();
  private static final Pattern TRUST = Pattern.compile("trustStore=(\\S+) ");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final int gcs = freePort();
  private final int rest = freePort();
  private final int storage = freePort();

  private Emulators() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(RUN.toString(), "foreground").redirectErrorStream(true);
    builder.environment().put("TRENDFLOW_GCS_PORT", Integer.toString(gcs));
    builder.environment().put("TRENDFLOW_BIGQUERY_PORT", Integer.toString(rest));
    builder.environment().put("TRENDFLOW_BIGQUERY_STORAGE_PORT", Integer.toString(storage));
    Process process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    StringBuilder said = new StringBuilder();
    for (String line = lines.readLine(); ; line = lines.readLine()) {
      if (line == null) {
        throw new IllegalStateException("the emulators did not start: " + said);
      }
      said.append(line).append('\n');
      Matcher trust = TRUST.matcher(line);
      if (trust.find()) {
        System.setProperty("javax.net.ssl.trustStore", trust.group(1));
        System.setProperty("javax.net.ssl.trustStorePassword", "changeit");
      }
      if (line.startsWith("ready: ")) {
        Thread drain = new Thread(() -> lines.lines().forEach(System.err::println));
        drain.setDaemon(true);
        drain.start();
        return;
      }
    }
  }

  static Emulators running() {
    return Holder.EMULATORS;
  }

  /** What a session has to be told, as conf/emulators.yaml tells it. */
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("spark.datasource.bigquery.bigQueryHttpEndpoint", "http://127.0.0.1:" + rest);
    settings.put("spark.datasource.bigquery.bigQueryStorageGrpcEndpoint", "localhost:" + storage);
    settings.put("spark.datasource.bigquery.gcpAccessToken", "emulators");
    settings.put("spark.datasource.bigquery.readDataFormat", "AVRO");
    settings.put("spark.hadoop.fs.gs.storage.root.url", "http://127.0.0.1:" + gcs);
    settings.put("spark.hadoop.fs.gs.project.id", PROJECT);
    settings.put("spark.hadoop.fs.gs.auth.service.account.enable", "false");
    settings.put("spark.hadoop.fs.gs.auth.null.enable", "true");
    return settings;
  }

  SparkSession told(SparkSession spark) {
    settings().forEach((name, value) -> spark.conf().set(name, value));
    return spark;
  }

  /** Replaces the faults to come by those of a JSON list. */
  void inject(String faults) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + rest + "/faults"))
            .PUT(HttpRequest.BodyPublishers.ofString(faults))
            .build();
    HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IllegalArgumentException(answer.body());
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Holder {
    static final Emulators EMULATORS = start();

    private static Emulators start() {
      try {
        return new Emulators();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
