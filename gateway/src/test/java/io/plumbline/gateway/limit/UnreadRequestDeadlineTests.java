package io.plumbline.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UnreadRequestDeadlineTests {

  private final EmbeddedChannel channel = new EmbeddedChannel();

  @BeforeEach
  void watch() {
    channel.freezeTime();
    channel
        .pipeline()
        .addLast(new HttpServerCodec(), new UnreadRequestDeadline(Duration.ofSeconds(5)));
  }

  @Test
  void a_body_that_is_waited_for_is_no_rest() {
    receive("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n");

    pass(60);

    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void the_rest_of_an_answered_request_that_trickles_is_hung_up_on() {
    receive("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n");
    answer(HttpResponseStatus.FORBIDDEN);
    pass(4);
    receive("x");
    assertThat(channel.isOpen()).isTrue();

    pass(1);

    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void the_rest_of_an_answered_request_that_arrives_keeps_the_connection() {
    receive("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n");
    answer(HttpResponseStatus.FORBIDDEN);
    receive("x");

    pass(60);

    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void a_body_that_was_asked_for_is_no_rest() {
    receive("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\n");
    answer(HttpResponseStatus.CONTINUE);

    pass(60);

    assertThat(channel.isOpen()).isTrue();
  }

  private void answer(HttpResponseStatus status) {
    channel.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status));
  }

  private void receive(String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
  }

  private void pass(int seconds) {
    channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
  }
}
