package io.plumbline.datasetregistry.admission;

import io.plumbline.platform.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** What the gate answers. */
public enum AdmissionProblem implements ProblemType {
  REFUSED;

  @Override
  public Kind kind() {
    return new Kind("admission-refused", HttpStatus.CONFLICT, "The version is not admitted", true);
  }
}
