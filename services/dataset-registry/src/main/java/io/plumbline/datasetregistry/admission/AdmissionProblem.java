package io.plumbline.datasetregistry.admission;

import io.plumbline.platform.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** The problems of admission. */
public enum AdmissionProblem implements ProblemType {
  REFUSED;

  @Override
  public Kind kind() {
    return new Kind(
        "admission-refused", HttpStatus.CONFLICT, "The dataset version is not admitted", true);
  }
}
