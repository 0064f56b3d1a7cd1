package io.trendflow.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.serving.store.Shop;
import io.trendflow.serving.store.StoreFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that clients open and leave alone, name by another host, or lose by a stop. */
class ConnectionsTest {
  private static final String LIST = "/api/v1/recommendations?limit=1";

  private final Path folder;

  ConnectionsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void idleConnectionsGiveWayToNewOnes() throws Exception {
    try (TestServer server =
        new TestServer(
            Shop.publish(new StoreFolder(folder)),
            Map.of("trendflow.max-age.run", 100_000, "trendflow.max-connections", 20))) {
      List<Socket> idle = new ArrayList<>();
      try {
        for (int i = 0; i < 100; i++) {
          Socket socket = new Socket(server.address().getHost(), server.address().getPort());
          if (i % 2 == 0) { // half of a request
            socket
                .getOutputStream()
                .write("GET / HTTP/1.1\r\nHo".getBytes(StandardCharsets.US_ASCII));
          }
          idle.add(socket);
        }
        assertThat(server.get(LIST).statusCode()).isEqualTo(200);
        assertThat(idle.stream().filter(ConnectionsTest::isOpen)).hasSizeLessThanOrEqualTo(20);
      } finally {
        for (Socket socket : idle) {
          socket.close();
        }
      }
    }
  }

  private static boolean isOpen(Socket socket) {
    try {
      socket.setSoTimeout(50);
      return socket.getInputStream().read() != -1;
    } catch (java.net.SocketTimeoutException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void fewFilesAreEnoughForManyIdleConnections() throws Exception {
    Shop.publish(new StoreFolder(folder));
    Path output = folder.resolveSibling("output.txt");
    String command =
        "ulimit -n 400; exec '%s' -XX:TieredStopAtLevel=1 -cp '%s' %s --trendflow.store.path='%s'"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                Application.class.getName(),
                folder);
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", command);
    builder.environment().put("MICRONAUT_SERVER_PORT", "-1");
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    Process process = builder.start();
    List<Socket> idle = new ArrayList<>();
    try {
      int port = port(output);
      for (int i = 0; i < 100 && !ask(port, "/health/readiness").endsWith("200"); i++) {
        Thread.sleep(200);
      }
      for (int i = 0; i < 500; i++) {
        idle.add(new Socket(InetAddress.getLoopbackAddress(), port));
      }
      long begin = System.nanoTime();
      assertThat(ask(port, LIST)).isEqualTo("HTTP/1.1 200");
      assertThat(ask(port, "/api/v1/products/20000/history")).isEqualTo("HTTP/1.1 200");
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    } finally {
      for (Socket socket : idle) {
        socket.close();
      }
      process.destroy();
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  private static String ask(int port, String path) throws IOException {
    try (Socket asking = new Socket(InetAddress.getLoopbackAddress(), port)) {
      asking.setSoTimeout(20_000);
      asking
          .getOutputStream()
          .write(
              ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      byte[] status = asking.getInputStream().readNBytes(12);
      return new String(status, StandardCharsets.US_ASCII);
    }
  }

  /** Waits for the line that names the address. */
  private static int port(Path output) throws IOException, InterruptedException {
    for (int i = 0; i < 600; i++) {
      String text = Files.readString(output);
      int address = text.indexOf("is listening on http://");
      if (address >= 0 && text.indexOf('\n', address) > 0) {
        String line = text.substring(address, text.indexOf('\n', address)).strip();
        return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
      }
      Thread.sleep(100);
    }
    throw new IllegalStateException("the service does not listen: " + Files.readString(output));
  }

  @Test
  void aStopLetsARequestEnd() throws Exception {
    TestServer server = new TestServer(Shop.publish(new StoreFolder(folder)));
    try {
      assertThat(server.get("/failing/slow").body()).isEqualTo("done");
      CompletableFuture<HttpResponse<String>> slow =
          CompletableFuture.supplyAsync(() -> server.get("/failing/slow"));
      Thread.sleep(300);
      server.close();
      assertThat(slow.get(20, TimeUnit.SECONDS).body()).isEqualTo("done");
    } finally {
      server.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rebound.example",
        "rebound.example:8080",
        "127.0.0.1.rebound.example",
        "",
        "[",
        "x:y:z"
      })
  void aServiceWithoutKeysAnswersToNoOtherName(String host) throws Exception {
    try (TestServer server = new TestServer(Shop.publish(new StoreFolder(folder)))) {
      for (String path : List.of(LIST, "/", "/health/readiness", "/prometheus", "/nix")) {
        assertThat(answer(server, path, host)).startsWith("HTTP/1.1 40").doesNotContain("r1");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "LOCALHOST:80", "127.0.0.1:8080", "[::1]:8080", "shop.example:443"})
  void aServiceWithoutKeysAnswersToItsNames(String host) throws Exception {
    try (TestServer server =
        new TestServer(
            Shop.publish(new StoreFolder(folder)),
            Map.of("trendflow.hosts", "other.example, Shop.example"))) {
      assertThat(answer(server, LIST, host)).startsWith("HTTP/1.1 200");
    }
  }

  private static String answer(TestServer server, String path, String host) throws IOException {
    try (Socket socket = new Socket(server.address().getHost(), server.address().getPort())) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(
              ("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
