package io.plumbline.gateway.limit;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose request was answered before all of it had arrived, unless the rest
 * arrives soon. What a client is sending when it is refused must be read, since a connection that
 * is closed before that may lose the answer. Without a deadline, the server would read on for as
 * long as the client sends. The handler stands behind the codec of one connection.
 */
final class UnreadRequestDeadline extends ChannelDuplexHandler {

  private final Duration limit;
  private boolean arriving;
  private @Nullable Future<?> alarm;

  UnreadRequestDeadline(Duration limit) {
    this.limit = limit;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest) {
      arriving = true;
    }
    if (message instanceof LastHttpContent) {
      arriving = false;
      cancelAlarm();
    }
    context.fireChannelRead(message);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
      throws Exception {
    if (arriving && message instanceof LastHttpContent && !isInterim(message)) {
      alarm =
          context
              .executor()
              .schedule(
                  () -> {
                    var _ = context.close();
                  },
                  limit.toNanos(),
                  TimeUnit.NANOSECONDS);
    }
    super.write(context, message, promise);
  }

  /** Returns whether an answer is interim, such as 100, which requests the body. */
  private static boolean isInterim(Object message) {
    return message instanceof HttpResponse answer
        && answer.status().codeClass() == HttpStatusClass.INFORMATIONAL;
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    cancelAlarm();
    context.fireChannelInactive();
  }

  private void cancelAlarm() {
    if (alarm != null) {
      alarm.cancel(false);
    }
  }
}
