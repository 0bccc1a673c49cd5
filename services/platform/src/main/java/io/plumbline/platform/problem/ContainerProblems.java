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
 * What Tomcat refuses by itself, a malformed address or header, before there is a request: a
 * problem in place of its page of HTML.
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
    } catch (IOException gone) {
      container.getLogger().debug("Nobody waits for the answer", gone);
    }
  }

  private static String body(int status) {
    return status < 500
        ? "{\"type\":\"/problems/invalid\",\"title\":\"The request is not valid\",\"status\":"
            + status
            + ",\"detail\":\"Send a method, a percent-encoded address and headers as HTTP has"
            + " them.\"}"
        : "{\"type\":\"/problems/internal\",\"title\":\"Something went wrong on our"
            + " side\",\"status\":"
            + status
            + ",\"detail\":\"Try again.\"}";
  }
}
