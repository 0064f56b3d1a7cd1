package io.trendflow.serving.web;

import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import jakarta.inject.Singleton;

/**
 * Rewrites requests that the server would answer otherwise than RFC 3986 and RFC 9110 say:
 *
 * <ul>
 *   <li>A plus in a path is a plus, but the router decodes paths like forms and reads a blank.
 *   <li>HEAD has the headers of GET, but the server leaves out those of the body. The codec, which
 *       has seen the method before, does not send the body of the answer.
 * </ul>
 */
@Singleton
final class RequestRewriter extends PipelineExtension {
  @Override
  void extend(ChannelPipeline pipeline) {
    pipeline.addAfter(
        ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC, "trendflow-rewriter", new Rewriter());
  }

  private static final class Rewriter extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object part) {
      if (part instanceof HttpRequest request) {
        int query = request.uri().indexOf('?');
        String path = query < 0 ? request.uri() : request.uri().substring(0, query);
        if (path.indexOf('+') >= 0) {
          request.setUri(path.replace("+", "%2B") + request.uri().substring(path.length()));
        }
        if (request.method().equals(HttpMethod.HEAD)) {
          request.setMethod(HttpMethod.GET);
        }
      }
      context.fireChannelRead(part);
    }
  }
}
