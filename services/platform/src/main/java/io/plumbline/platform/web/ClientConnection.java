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
 * Whether the client of a request still waits for its answer, as far as the container can tell
 * before anything is written.
 *
 * <p>It is asked from the thread of the request, once its body was read. A connection that the
 * client, or the gateway on its behalf, has closed or reset is seen as gone. One whose other end
 * vanished without a word is not, until TCP gives up; nor is one on which the client has sent its
 * next request already. A client that closes its sending half while it waits looks gone; HTTP
 * libraries do not do that.
 *
 * <p>To look is to read: what Tomcat has read ahead is lost, so the connection is closed after the
 * answer. Ask only where the answer is late anyway.
 */
public final class ClientConnection {

  private static final String ATTRIBUTE = ClientConnection.class.getName();

  /** What Tomcat counts when reading fails, in place of bytes; the failure comes with a read. */
  private static final int FAILED = 1;

  private final org.apache.coyote.Request request;
  private final Response response;

  private ClientConnection(org.apache.coyote.Request request, Response response) {
    this.request = request;
    this.response = response;
  }

  /**
   * @return true as well where there is no request, or none of Tomcat's
   */
  public static boolean isOpen() {
    RequestAttributes current = RequestContextHolder.getRequestAttributes();
    Object connection =
        current == null ? null : current.getAttribute(ATTRIBUTE, RequestAttributes.SCOPE_REQUEST);
    return !(connection instanceof ClientConnection known) || !known.isClosed();
  }

  /** Twice, because a single byte that has arrived is counted like a failure, but only once. */
  private boolean isClosed() {
    response.setHeader(HttpHeaders.CONNECTION, "close");
    boolean failed = readFails();
    return failed && readFails();
  }

  private boolean readFails() {
    request.action(ActionCode.AVAILABLE, true);
    return request.getAvailable() == FAILED;
  }

  /** Gives each request its connection as an attribute. */
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
