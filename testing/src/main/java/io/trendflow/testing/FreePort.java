package io.trendflow.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Random;

/** Finds ports for servers that a test starts. */
public final class FreePort {
  // Below the ports that systems give to outgoing connections: another connection would take a port
  // from there before the server listens on it.
  private static final int FIRST = 20_000;
  private static final int COUNT = 12_000;
  private static final Random RANDOM = new Random();

  private FreePort() {}

  /** Returns a port of 127.0.0.1 that nothing listens on. */
  public static int find() {
    while (true) {
      int port = FIRST + RANDOM.nextInt(COUNT);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // Something listens on it: try another one.
      }
    }
  }
}
