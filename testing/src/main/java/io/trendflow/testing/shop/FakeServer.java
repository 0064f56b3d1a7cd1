package io.trendflow.testing.shop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** Server on 127.0.0.1 whose requests are counted and can fail by a script. */
public abstract class FakeServer implements AutoCloseable {
  static {
    // Otherwise the end of every answer waits 40 ms for the client's acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final AtomicInteger requests = new AtomicInteger();
  private volatile IntFunction<ScriptedFault> script = request -> ScriptedFault.NONE;
  private volatile Runnable before = () -> {};

  FakeServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.start();
  }

  /** Returns the server's address. */
  public final String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Returns the number of requests since the last {@link #script}. */
  public final int requests() {
    return requests.get();
  }

  /** Sets the fault of each further request, the first of which has the number 1. */
  public final void script(IntFunction<ScriptedFault> faults) {
    requests.set(0);
    script = faults;
  }

  /** Sets what happens before each request is answered. */
  public final void before(Runnable happens) {
    before = happens;
  }

  /**
   * Starts a process that pulls from this server, and kills it at one of its requests.
   *
   * @param request number of the request, from 1
   * @return the process, which has ended
   */
  public final Process killedAt(int request, Callable<Process> start) throws Exception {
    CompletableFuture<Process> started = new CompletableFuture<>();
    script(any -> ScriptedFault.NONE);
    before(
        () -> {
          if (requests() == request) {
            started.join().destroyForcibly();
          }
        });
    Process process = start.call();
    started.complete(process);
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("The process still runs after request " + request + ".");
    }
    before(() -> {});
    return process;
  }

  abstract void answer(HttpExchange exchange, ScriptedFault fault) throws IOException;

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      int number = requests.incrementAndGet();
      before.run();
      ScriptedFault fault = script.apply(number);
      switch (fault) {
        case BUSY, BUSY_SILENT -> {
          if (fault == ScriptedFault.BUSY) {
            exchange.getResponseHeaders().add("Retry-After", "0.02");
          }
          exchange.sendResponseHeaders(429, -1);
        }
        case BROKEN -> exchange.sendResponseHeaders(500, -1);
        case REJECTED -> exchange.sendResponseHeaders(401, -1);
        case NONE, THROTTLED, CUT -> answer(exchange, fault);
      }
    } catch (RuntimeException e) {
      // A defect of the imitation: the client must not take it for a slow answer.
      e.printStackTrace();
      throw e;
    }
  }

  final void send(HttpExchange exchange, int status, byte[] body, ScriptedFault fault)
      throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      OutputStream out = exchange.getResponseBody();
      // The connection ends before the announced length is there.
      out.write(body, 0, fault == ScriptedFault.CUT ? body.length / 2 : body.length);
      out.flush();
    }
  }

  @Override
  public final void close() {
    server.stop(0);
  }
}
