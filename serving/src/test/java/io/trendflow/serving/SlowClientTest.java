package io.trendflow.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.serving.store.Shop;
import io.trendflow.serving.store.StoreFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that send a byte now and then, often enough that the connection is never idle. */
class SlowClientTest {
  private static final String LIST =
      "GET /api/v1/recommendations?limit=1 HTTP/1.1\r\nHost: localhost\r\n";
  private static TestServer server;

  @BeforeAll
  static void start(@TempDir Path folder) {
    server =
        new TestServer(
            Shop.publish(new StoreFolder(folder)),
            Map.of("trendflow.max-age.run", 100_000, "trendflow.request-timeout", "2s"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/v1/recommendations HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
        "POST /api/v1/products:lookup HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: 100000\r\n\r\n{\"ids\": [\"",
      })
  void aRequestThatNeverEndsIsCutOff(String begin) throws Exception {
    try (Socket slow = connect()) {
      send(slow, begin);
      long cutOff = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (!isClosed(slow)) {
        assertThat(System.nanoTime()).as("still open").isLessThan(cutOff);
        assertThat(server.get("/api/v1/recommendations?limit=1").statusCode()).isEqualTo(200);
        try {
          send(slow, "a");
        } catch (IOException e) {
          break; // the server closed the connection
        }
      }
    }
  }

  @Test
  void aConnectionThatWaitsBetweenRequestsIsKept() throws Exception {
    try (Socket kept = connect()) {
      kept.setSoTimeout(10_000);
      for (int i = 0; i < 3; i++) {
        send(kept, LIST);
        Thread.sleep(300);
        send(kept, "\r\n");
        assertThat(kept.getInputStream().read()).isEqualTo('H');
        Thread.sleep(600);
        kept.getInputStream().skipNBytes(kept.getInputStream().available());
      }
    }
  }

  private static Socket connect() throws IOException {
    Socket socket = new Socket(server.address().getHost(), server.address().getPort());
    socket.setSoTimeout(200);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private static boolean isClosed(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() == -1;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    }
  }
}
