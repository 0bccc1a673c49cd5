package io.plumbline.datasetregistry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.datasetregistry.dataset.DatasetVersion;
import io.plumbline.datasetregistry.row.RowProblem;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultListTests {

  @Test
  void so_many_are_named_and_the_others_counted() {
    FaultList faults = new FaultList();
    assertThat(faults.isEmpty()).isTrue();
    for (int row = 1; row <= FaultList.MAX_NAMED; row++) {
      faults.add(problem(row));
    }
    assertThat(faults.all()).hasSize(FaultList.MAX_NAMED);

    faults.add(problem(101));
    faults.add(problem(102));
    faults.setFatalFault(problem(103));
    List<DatasetVersion.Fault> all = faults.all();
    assertThat(all.subList(FaultList.MAX_NAMED - 1, all.size()))
        .extracting(DatasetVersion.Fault::detail)
        .containsExactly(
            "Row 100 is bad. Mend it.",
            "There are 2 more faults. They are listed once these are corrected.",
            "Row 103 is bad. Mend it.");
  }

  private static RowProblem problem(long row) {
    return new RowProblem(RowProblem.Code.SYNTAX, row, 0, null, "is bad", "Mend it");
  }
}
