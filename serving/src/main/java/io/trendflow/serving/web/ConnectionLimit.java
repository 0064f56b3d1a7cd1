package io.trendflow.serving.web;

import com.sun.management.UnixOperatingSystemMXBean;
import io.micronaut.context.annotation.Value;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Limits the number of open connections to fewer than the process may open files, since a service
 * without a free file answers nobody. A connection beyond the limit replaces the one that has been
 * idle, or has been sending its request, for the longest time.
 */
@Singleton
final class ConnectionLimit extends PipelineExtension {
  private static final AttributeKey<Long> ACCEPTED = AttributeKey.valueOf("trendflow.accepted");
  private static final int LEAST = 8;
  private static final int MOST = 2000;

  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private final int limit;

  private enum State {
    IDLE,
    RECEIVING,
    ANSWERING
  }

  ConnectionLimit(@Value("${trendflow.max-connections}") int configured) {
    if (configured < 0) {
      throw new IllegalArgumentException(
          "trendflow.max-connections is " + configured + ": set it to 1 or more, or to 0.");
    }
    limit = configured == 0 ? halfOfTheFiles() : configured;
  }

  /** Returns half of the files that the process may still open; the rest is for the store. */
  private static int halfOfTheFiles() {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
      long free = system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount();
      return (int) Math.max(LEAST, Math.min(MOST, free / 2));
    }
    return MOST;
  }

  @Override
  void extend(ChannelPipeline pipeline) {
    pipeline.addAfter(
        ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC,
        "trendflow-connection",
        new Connection());
  }

  /** Notes when connections are accepted; several threads set them up later, in another order. */
  @Override
  void extendServer(ChannelPipeline pipeline) {
    pipeline.addFirst(
        new ChannelInboundHandlerAdapter() {
          @Override
          public void channelRead(ChannelHandlerContext context, Object connection) {
            if (connection instanceof Channel accepted) {
              accepted.attr(ACCEPTED).set(System.nanoTime());
            }
            context.fireChannelRead(connection);
          }
        });
  }

  private void makeRoom() {
    while (open.size() > limit) {
      Optional<Connection> longest =
          open.stream()
              .filter(connection -> connection.state != State.ANSWERING)
              .min(
                  Comparator.comparing((Connection connection) -> connection.state)
                      .thenComparingLong(connection -> connection.since));
      if (longest.isEmpty()) {
        return; // every connection is answered at this moment
      }
      if (open.remove(longest.get())) {
        longest.get().close();
      }
    }
  }

  /** State of a connection, and since when it has it. */
  private final class Connection extends ChannelDuplexHandler {
    private volatile State state = State.IDLE;
    private volatile long since;
    private @Nullable ChannelHandlerContext context;

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
      context = added;
      Long accepted = added.channel().attr(ACCEPTED).get();
      since = accepted == null ? System.nanoTime() : accepted;
      open.add(this);
      makeRoom();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext removed) {
      open.remove(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext reader, Object part) {
      if (part instanceof HttpRequest) {
        become(State.RECEIVING);
      }
      if (part instanceof LastHttpContent) {
        become(State.ANSWERING);
      }
      reader.fireChannelRead(part);
    }

    @Override
    public void write(ChannelHandlerContext writer, Object part, ChannelPromise promise)
        throws Exception {
      ChannelPromise written = promise.unvoid(); // a void promise takes no listener
      if (part instanceof LastHttpContent) {
        written.addListener(end -> become(State.IDLE));
      }
      super.write(writer, part, written);
    }

    private void become(State next) {
      state = next;
      since = System.nanoTime();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nothing is to be done when it is closed
    private void close() {
      if (context != null) {
        context.close();
      }
    }
  }
}
