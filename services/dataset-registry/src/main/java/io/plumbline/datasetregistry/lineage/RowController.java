package io.plumbline.datasetregistry.lineage;

import io.swagger.v3.oas.annotations.Operation;
import java.io.IOException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The API of single rows. They may contain personal data, so the role VIEWER is not enough. */
@RestController
class RowController {

  private final RowLineage lineage;

  RowController(RowLineage lineage) {
    this.lineage = lineage;
  }

  @GetMapping("/api/datasets/{name}/versions/{number}/rows/{itemId}")
  @PreAuthorize("hasAnyRole('DATA_STEWARD', 'ML_ENGINEER', 'COMPLIANCE_OFFICER')")
  @Operation(
      summary =
          "Get the item of a row as it is, with its earlier versions, the splits that use it and"
              + " what was made of those; the read itself is recorded")
  public RowLineage.Lineage getRow(
      @PathVariable String name, @PathVariable int number, @PathVariable String itemId)
      throws IOException {
    return lineage.lineageOf(name, number, itemId);
  }
}
