package io.plumbline.gateway.limit;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.http.MediaType;

/**
 * Adds a problem as the body of the answer when the server could not read the request. No filter
 * sees such a request, and the server itself sends no body.
 */
@Sharable
final class UnreadableRequestHandler extends ChannelOutboundHandlerAdapter {

  /** The headers that the server sets on such an answer: a length and the end of the connection. */
  private static final int HEADERS = 2;

  private static final Map<Integer, String> DETAILS =
      Map.of(
          400,
          "The request line or a header is malformed. Send a method of HTTP, a percent-encoded path"
              + " and valid headers.",
          414,
          "The address is too long: with method and version it has at most 4,096 bytes. Send less"
              + " in its query.",
          431,
          "The headers are too large: all together they have at most 16 KB. Send fewer or shorter"
              + " ones.");

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
      throws Exception {
    if (message instanceof FullHttpResponse answer && isUnreadable(answer)) {
      int status = answer.status().code();
      byte[] body = body(status).getBytes(StandardCharsets.UTF_8);
      FullHttpResponse problem = answer.replace(Unpooled.wrappedBuffer(body));
      answer.release();
      problem
          .headers()
          .setInt(HttpHeaderNames.CONTENT_LENGTH, body.length)
          .set(HttpHeaderNames.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE);
      super.write(context, problem, promise);
    } else {
      super.write(context, message, promise);
    }
  }

  private static boolean isUnreadable(FullHttpResponse answer) {
    return DETAILS.containsKey(answer.status().code())
        && !answer.content().isReadable()
        && answer.headers().size() == HEADERS
        && answer.headers().contains(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true);
  }

  private static String body(int status) {
    return "{\"type\":\"/problems/invalid\",\"title\":\"The request is not valid\",\"status\":%d,\"detail\":\"%s\"}"
        .formatted(status, DETAILS.get(status));
  }
}
