package io.plumbline.inference.provider;

import io.plumbline.platform.web.ClientConnection;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.jspecify.annotations.Nullable;

/**
 * The deadline of a call with all its attempts. A response timeout alone does not bound a call,
 * because a provider that sends a byte now and then never exceeds it.
 */
final class Deadline implements AutoCloseable {

  private final ScheduledExecutorService timer;
  private final Future<?> alarm;
  private @Nullable HttpUriRequestBase request;
  private ClientConnection.@Nullable Watch client;
  private boolean passed;
  private boolean abandoned;

  Deadline(Duration limit, ScheduledExecutorService timer) {
    this.timer = timer;
    this.alarm = timer.schedule(this::expire, limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Aborts the requests of the call when the client of the current request leaves. */
  void abandonWithoutClient() {
    client = ClientConnection.watch(timer, this::abandon);
  }

  private synchronized void abandon() {
    abandoned = true;
    if (request != null) {
      request.abort();
    }
  }

  /** Returns whether the call was ended because nobody waits for its answer. */
  synchronized boolean isAbandoned() {
    return abandoned;
  }

  /**
   * Aborts a request once the deadline passes.
   *
   * @param next the request of the next attempt
   * @throws SocketTimeoutException when the deadline has passed already, or the client has left
   */
  synchronized void abortAtDeadline(HttpUriRequestBase next) throws SocketTimeoutException {
    if (passed || abandoned) {
      throw new SocketTimeoutException("the call took too long");
    }
    request = next;
  }

  synchronized boolean hasPassed() {
    return passed;
  }

  private synchronized void expire() {
    passed = true;
    if (request != null) {
      request.abort();
    }
  }

  @Override
  public void close() {
    alarm.cancel(false);
    if (client != null) {
      client.close();
    }
  }
}
