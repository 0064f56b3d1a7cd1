package io.trendflow.serving.web;

import io.micronaut.context.annotation.Value;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.Future;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes connections whose request is not received and answered within a deadline after its first
 * byte. Idle timeouts alone would let a client hold a connection forever by sending a byte now and
 * then.
 */
@Singleton
final class RequestDeadline extends PipelineExtension {
  private final Duration timeout;

  RequestDeadline(@Value("${trendflow.request-timeout}") Duration timeout) {
    this.timeout = timeout;
  }

  @Override
  void extend(ChannelPipeline pipeline) {
    pipeline.addFirst(new Clock());
  }

  /** Timer from the first byte received to the first byte sent. */
  private final class Clock extends ChannelDuplexHandler {
    private @Nullable Future<?> running;

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
      if (running == null) {
        Runnable late = () -> hangUp(context);
        running = context.executor().schedule(late, timeout.toMillis(), TimeUnit.MILLISECONDS);
      }
      context.fireChannelRead(bytes);
    }

    @Override
    public void write(ChannelHandlerContext context, Object bytes, ChannelPromise promise)
        throws Exception {
      stop();
      super.write(context, bytes, promise);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      stop();
      context.fireChannelInactive();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nothing is to be done when it is closed
    private void hangUp(ChannelHandlerContext context) {
      context.close();
    }

    private void stop() {
      if (running != null) {
        running.cancel(false);
        running = null;
      }
    }
  }
}
