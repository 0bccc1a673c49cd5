package io.plumbline.platform.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
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
   * Returns whether the client of the current request still waits.
   *
   * @return true also when there is no request, or the request is not one of Tomcat
   */
  public static boolean isOpen() {
    RequestAttributes current = RequestContextHolder.getRequestAttributes();
    if (current == null) {
      return true;
    }
    Object connection = current.getAttribute(ATTRIBUTE, RequestAttributes.SCOPE_REQUEST);
    return !(connection instanceof ClientConnection known) || !known.isClosed();
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
