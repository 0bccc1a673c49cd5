package io.plumbline.datasetregistry.admission;

import io.plumbline.platform.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** What the gate answers. */
public enum AdmissionProblem implements ProblemType {
  REFUSED;

  @Override
  public String slug() {
    return "admission-refused";
  }

  @Override
  public HttpStatus status() {
    return HttpStatus.CONFLICT;
  }

  @Override
  public String title() {
    return "The version is not admitted";
  }

  @Override
  public boolean recorded() {
    return true;
  }
}
