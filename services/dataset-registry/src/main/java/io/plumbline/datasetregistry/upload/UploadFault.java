package io.plumbline.datasetregistry.upload;

import io.plumbline.datasetregistry.row.RowProblem;
import java.io.IOException;

/**
 * Thrown when an upload has a fault that ends its reading. It is an {@link IOException}, so that
 * streams and readers can throw it through a parser.
 */
@SuppressWarnings("serial") // never leaves the process
public final class UploadFault extends IOException {

  private final transient RowProblem problem;

  public UploadFault(RowProblem problem) {
    super(problem.sentence());
    this.problem = problem;
  }

  UploadFault(RowProblem.Code code, String reason, String remedy) {
    this(new RowProblem(code, 0, 0, null, reason, remedy));
  }

  public RowProblem problem() {
    return problem;
  }
}
