package io.plumbline.platform.problem;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import tools.jackson.databind.json.JsonMapper;

/** Answers with a problem in filters, where a thrown {@link Problem} would not become an answer. */
public final class ProblemWriter {

  private final JsonMapper json;

  public ProblemWriter(JsonMapper json) {
    this.json = json;
  }

  /**
   * Writes a problem as the answer.
   *
   * @param detail what was wrong and what to do
   */
  public void write(HttpServletResponse response, ProblemType problem, String detail)
      throws IOException {
    write(response, ProblemBodies.body(problem, detail));
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
