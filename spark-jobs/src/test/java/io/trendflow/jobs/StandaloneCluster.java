package io.trendflow.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trendflow.testing.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Spark's standalone master and two workers of one core each, in processes of their own on
 * 127.0.0.1. Each worker has a scratch folder of its own.
 */
final class StandaloneCluster implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final int WORKERS = 2;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Path home;
  private final Path folder;
  private final int port = FreePort.find();
  private final int page = FreePort.find();
  private final List<Process> processes = new ArrayList<>();

  private StandaloneCluster(Path home, Path folder) {
    this.home = home;
    this.folder = folder;
  }

  /** Starts a cluster and waits for its workers. */
  static StandaloneCluster start(Path home, Path folder) throws Exception {
    StandaloneCluster cluster = new StandaloneCluster(home, folder);
    try {
      cluster.startAll();
      return cluster;
    } catch (Exception | AssertionError e) {
      cluster.close();
      throw e;
    }
  }

  private void startAll() throws Exception {
    launch("master", "Master", "--port", "" + port, "--webui-port", "" + page);
    for (int worker = 1; worker <= WORKERS; worker++) {
      launch(
          "worker-" + worker,
          "Worker",
          "--webui-port",
          "" + FreePort.find(),
          "--cores",
          "1",
          "--memory",
          "1g",
          "--work-dir",
          folder.resolve("work-" + worker).toString(),
          master());
    }
    Instant end = Instant.now().plus(PATIENCE);
    while (workers() < WORKERS) {
      assertThat(Instant.now()).as("the workers register, see %s", folder).isBefore(end);
      assertThat(processes).as("processes, see %s", folder).allMatch(Process::isAlive);
      Thread.sleep(200);
    }
  }

  /** Returns the master's address for {@code spark.master}. */
  String master() {
    return "spark://" + HOST + ":" + port;
  }

  private void launch(String name, String type, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                home.resolve("bin/spark-class").toString(),
                "org.apache.spark.deploy." + type.toLowerCase(Locale.ROOT) + "." + type,
                "--host",
                HOST));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile());
    Path scratch = Files.createDirectories(folder.resolve("scratch-" + name));
    builder
        .environment()
        .putAll(
            Map.of(
                "SPARK_HOME",
                home.toString(),
                "SPARK_LOCAL_IP",
                HOST,
                "SPARK_LOCAL_DIRS",
                scratch.toString(),
                "SPARK_DAEMON_MEMORY",
                "256m"));
    processes.add(builder.start());
  }

  private int workers() throws InterruptedException {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://" + HOST + ":" + page + "/json/")).build();
      String answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
      return new JsonMapper().readTree(answer).path("aliveworkers").asInt();
    } catch (IOException e) {
      // The page is not there yet.
      return 0;
    }
  }

  @Override
  public void close() {
    for (Process process : processes) {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
    }
  }
}
