package io.plumbline.platform.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * The connection to the client of a request. It shows whether the client still waits for its
 * answer, as far as the container can know before anything is written.
 *
 * <p>Ask on the thread of the request, once its body was read. A connection that the client, or the
 * gateway on its behalf, has closed or reset counts as closed. A connection whose other end
 * vanished silently counts as open until TCP gives up, and so does one on which the client has
 * already sent its next request. A client that closes its sending half while it waits looks gone;
 * HTTP libraries do not do that.
 *
 * <p>The check reads: what Tomcat has read ahead is lost, so the connection is closed after the
 * answer. Ask only where the answer is late anyway.
 */
public final class ClientConnection {

  /** The time between two checks of a watch, and before the first. */
  static final Duration WATCH_INTERVAL = Duration.ofSeconds(1);

  private static final String ATTRIBUTE = ClientConnection.class.getName();

  /**
   * The number that Tomcat returns in place of available bytes when reading fails; the failure
   * itself comes with a read.
   */
  private static final int FAILED = 1;

  private final org.apache.coyote.Request request;
  private final Response response;

  private ClientConnection(org.apache.coyote.Request request, Response response) {
    this.request = request;
    this.response = response;
  }

  /**
   * Watches the connection of the current request while its thread waits for something else. The
   * thread neither reads the request nor writes the answer before it has closed the watch.
   *
   * @param timer runs the checks, which do not block
   * @param onClosed runs once, on a thread of the timer, when the client has gone
   */
  public static Watch watch(ScheduledExecutorService timer, Runnable onClosed) {
    Watch watch = new Watch(onClosed);
    current().ifPresent(connection -> watch.start(timer, connection));
    return watch;
  }

  /** A watch over the connection of a request. */
  public static final class Watch implements AutoCloseable {

    private final Runnable onClosed;
    private @Nullable Future<?> checks;
    private boolean ended;

    private Watch(Runnable onClosed) {
      this.onClosed = onClosed;
    }

    private synchronized void start(ScheduledExecutorService timer, ClientConnection connection) {
      long interval = WATCH_INTERVAL.toMillis();
      checks =
          timer.scheduleWithFixedDelay(
              () -> check(connection), interval, interval, TimeUnit.MILLISECONDS);
    }

    /** Checks under the monitor, so that no check is under way once the watch is closed. */
    private synchronized void check(ClientConnection connection) {
      if (!ended && connection.isClosed()) {
        close();
        onClosed.run();
      }
    }

    @Override
    public synchronized void close() {
      ended = true;
      if (checks != null) {
        checks.cancel(false);
      }
    }
  }

  /**
   * Returns whether the client of the current request still waits.
   *
   * @return true also when there is no request, or the request is not one of Tomcat
   */
  public static boolean isOpen() {
    return current().map(connection -> !connection.isClosed()).orElse(true);
  }

  private static Optional<ClientConnection> current() {
    return Optional.ofNullable(RequestContextHolder.getRequestAttributes())
        .map(request -> request.getAttribute(ATTRIBUTE, RequestAttributes.SCOPE_REQUEST))
        .filter(ClientConnection.class::isInstance)
        .map(ClientConnection.class::cast);
  }

  /**
   * Checks twice, because a single byte that has arrived is reported like a failure, but only once.
   */
  private boolean isClosed() {
    response.setHeader(HttpHeaders.CONNECTION, "close");
    boolean failed = readFails();
    return failed && readFails();
  }

  private boolean readFails() {
    request.action(ActionCode.AVAILABLE, true);
    return request.getAvailable() == FAILED;
  }

  /** A valve that gives each request its connection as an attribute. */
  static final class AttributeValve extends ValveBase {

    AttributeValve() {
      super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
      request.setAttribute(ATTRIBUTE, new ClientConnection(request.getCoyoteRequest(), response));
      getNext().invoke(request, response);
    }
  }
}
