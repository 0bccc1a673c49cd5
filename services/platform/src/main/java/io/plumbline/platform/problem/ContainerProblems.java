package io.plumbline.platform.problem;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/**
 * Answers with a problem, in place of a page of HTML, when Tomcat itself refuses a malformed
 * address or header.
 */
public final class ContainerProblems extends ErrorReportValve {

  @Override
  protected void report(Request request, Response response, @Nullable Throwable cause) {
    int status = response.getStatus();
    if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
      return;
    }
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.setCharacterEncoding(StandardCharsets.UTF_8);
    try {
      Writer out = response.getReporter();
      if (out != null) {
        out.write(body(status));
        response.finishResponse();
      }
    } catch (IOException disconnected) {
      container.getLogger().debug("The client has disconnected", disconnected);
    }
  }

  private static String body(int status) {
    if (status < 500) {
      return "{\"type\":\"/problems/invalid\",\"title\":\"The request is not valid\",\"status\":"
          + status
          + ",\"detail\":\"The request line or a header is malformed. Send a method of HTTP, a"
          + " percent-encoded path and valid headers.\"}";
    }
    return "{\"type\":\"/problems/internal\",\"title\":\"An unexpected error"
        + " occurred\",\"status\":"
        + status
        + ",\"detail\":\"An unexpected error occurred. Try again.\"}";
  }
}
