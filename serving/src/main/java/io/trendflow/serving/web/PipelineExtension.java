package io.trendflow.serving.web;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import org.jspecify.annotations.Nullable;

/** Extends the pipeline of each connection that the server accepts. */
abstract class PipelineExtension
    implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {

  /** Adds handlers to the pipeline of a new connection. */
  abstract void extend(ChannelPipeline pipeline);

  /** Adds handlers to the pipeline of the server, which reads the new connections. */
  void extendServer(ChannelPipeline pipeline) {}

  @Override
  public final NettyServerCustomizer.Registry onCreated(
      BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
    event.getBean().register(new Connections(null));
    return event.getBean();
  }

  private final class Connections implements NettyServerCustomizer {
    private final @Nullable Channel channel;

    Connections(@Nullable Channel channel) {
      this.channel = channel;
    }

    @Override
    public NettyServerCustomizer specializeForChannel(Channel child, ChannelRole role) {
      if (role == ChannelRole.LISTENER) {
        extendServer(child.pipeline());
      }
      return role == ChannelRole.CONNECTION ? new Connections(child) : this;
    }

    @Override
    public void onStreamPipelineBuilt() {
      if (channel != null) {
        extend(channel.pipeline());
      }
    }
  }
}
