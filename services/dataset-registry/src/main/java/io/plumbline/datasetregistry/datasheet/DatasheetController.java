package io.plumbline.datasetregistry.datasheet;

import io.swagger.v3.oas.annotations.Operation;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The API of datasheets. They contain figures but no rows, so every viewer may read them. */
@RestController
class DatasheetController {

  private final Datasheets datasheets;

  DatasheetController(Datasheets datasheets) {
    this.datasheets = datasheets;
  }

  @GetMapping("/api/datasets/{name}/versions/{number}/datasheet")
  @PreAuthorize("hasRole('VIEWER')")
  @Operation(
      summary =
          "Get the datasheet of a dataset version: what it is, where it comes from, what was found"
              + " in it, how it is split and what it was admitted to")
  public Datasheet getDatasheet(@PathVariable String name, @PathVariable int number) {
    return datasheets.of(name, number);
  }
}
