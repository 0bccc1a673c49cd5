package io.plumbline.datasetregistry.lineage.web;

import io.plumbline.datasetregistry.lineage.RowLineage;
import io.swagger.v3.oas.annotations.Operation;
import java.io.IOException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Single rows. They may hold personal data, so a viewer's role is not enough. */
@RestController
class RowController {

  private final RowLineage lineage;

  RowController(RowLineage lineage) {
    this.lineage = lineage;
  }

  @GetMapping("/api/datasets/{name}/versions/{number}/rows/{rowId}")
  @PreAuthorize("hasAnyRole('DATA_STEWARD', 'ML_ENGINEER', 'COMPLIANCE_OFFICER')")
  @Operation(summary = "Read a row, where it comes from and which splits use it")
  public RowLineage.Lineage read(
      @PathVariable String name, @PathVariable int number, @PathVariable String rowId)
      throws IOException {
    return lineage.of(name, number, rowId);
  }
}
