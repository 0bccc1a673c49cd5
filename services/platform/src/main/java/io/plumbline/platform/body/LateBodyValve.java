package io.plumbline.platform.body;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.springframework.http.HttpStatus;

/**
 * Closes the connection of a sender whose body did not arrive in time. Otherwise Tomcat would read
 * the rest before it closes the connection, at the sender's pace and without a deadline.
 */
final class LateBodyValve extends ValveBase {

  LateBodyValve() {
    super(true);
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    getNext().invoke(request, response);
    if (response.getStatus() == HttpStatus.REQUEST_TIMEOUT.value()) {
      request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
    }
  }
}
