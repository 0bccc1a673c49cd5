package io.plumbline.datasetregistry.ingest;

import io.plumbline.datasetregistry.dataset.DatasetVersion;
import io.plumbline.datasetregistry.row.RowProblem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first faults of an upload, the number of further faults, and the fault after which nothing
 * more could be read.
 */
final class FaultList {

  static final int MAX_NAMED = 100;

  private final List<DatasetVersion.Fault> named = new ArrayList<>();
  private long more;
  private DatasetVersion.@Nullable Fault end;

  void add(RowProblem problem) {
    if (named.size() == MAX_NAMED) {
      more++;
    } else {
      named.add(toFault(problem));
    }
  }

  /** Sets the fault after which nothing more could be read. */
  void setFatalFault(RowProblem problem) {
    end = toFault(problem);
  }

  boolean isEmpty() {
    return named.isEmpty() && end == null;
  }

  List<DatasetVersion.Fault> all() {
    List<DatasetVersion.Fault> all = new ArrayList<>(named);
    if (more > 0) {
      all.add(
          new DatasetVersion.Fault(
              "more",
              0,
              0,
              null,
              "There are %,d more faults. They are listed once these are corrected."
                  .formatted(more)));
    }
    if (end != null) {
      all.add(end);
    }
    return all;
  }

  private static DatasetVersion.Fault toFault(RowProblem problem) {
    return new DatasetVersion.Fault(
        problem.code().slug(), problem.row(), problem.line(), problem.field(), problem.sentence());
  }
}
