package io.plumbline.platform.problem;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import tools.jackson.databind.json.JsonMapper;

/** Answers with a problem in filters, where no {@link Problem} thrown would become one. */
public final class ProblemWriter {

  private final JsonMapper json;

  public ProblemWriter(JsonMapper json) {
    this.json = json;
  }

  /**
   * @param detail what to do
   */
  public void write(HttpServletResponse response, ProblemType problem, String detail)
      throws IOException {
    write(response, Problems.body(problem, detail));
  }

  public void write(HttpServletResponse response, Problem problem) throws IOException {
    write(response, problem.body());
  }

  private void write(HttpServletResponse response, ProblemDetail body) throws IOException {
    response.setStatus(body.getStatus());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    json.writeValue(response.getOutputStream(), body);
  }
}
