package io.plumbline.gateway.limit;

import java.time.Duration;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;
import reactor.netty.NettyPipeline;

/**
 * Answers requests that cannot be read with a problem, and limits how long a client keeps a
 * connection by sending what nobody reads. The time to send a request's head is limited by {@code
 * server.netty.idle-timeout}, since the server counts requests, not bytes.
 */
@Component
class NettyConnectionCustomizer
    implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {

  /** The time in which everything that was sent before the answer can arrive. */
  private static final Duration REST = Duration.ofSeconds(5);

  private static final UnreadableRequestHandler UNREADABLE = new UnreadableRequestHandler();

  @Override
  public void customize(NettyReactiveWebServerFactory factory) {
    factory.addServerCustomizers(server ->
        server.doOnChannelInit((observer, channel, remote) ->
            channel
                .pipeline()
                .addAfter(
                    NettyPipeline.HttpCodec, "plumbline.rest", new UnreadRequestDeadline(REST))
                .addAfter(NettyPipeline.HttpCodec, "plumbline.unreadable", UNREADABLE)));
  }
}
