package io.plumbline.datasetregistry.dataset;

import io.plumbline.datasetregistry.dataset.DatasetQueries.DatasetSummary;
import io.plumbline.platform.web.EntityTags;
import io.plumbline.platform.web.Idempotent;
import io.plumbline.platform.web.IfMatch;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The API of datasets. */
@RestController
@RequestMapping("/api/datasets")
class DatasetController {

  private final DatasetCatalog catalog;
  private final DatasetQueries reads;

  DatasetController(DatasetCatalog catalog, DatasetQueries reads) {
    this.catalog = catalog;
    this.reads = reads;
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @PreAuthorize("hasRole('DATA_STEWARD')")
  @Idempotent
  @Operation(summary = "Register a dataset")
  public ResponseEntity<DatasetSummary> registerDataset(
      @RequestBody @Valid RegisterDataset command) {
    Dataset dataset =
        catalog.register(
            command.name(), command.kind(), command.toDescription(), command.toColumns());
    return ResponseEntity.created(URI.create("/api/datasets/" + dataset.name()))
        .eTag(EntityTags.etag(dataset.revision()))
        .body(DatasetSummary.from(dataset));
  }

  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  @Operation(summary = "List datasets by name")
  public Page<DatasetSummary> listDatasets(PageRequest page) {
    return reads.datasets(page);
  }

  @GetMapping("/{name}")
  @PreAuthorize("hasRole('VIEWER')")
  @Operation(summary = "Get a dataset")
  public ResponseEntity<DatasetSummary> getDataset(@PathVariable String name) {
    Dataset dataset = catalog.dataset(name);
    return ResponseEntity.ok()
        .eTag(EntityTags.etag(dataset.revision()))
        .body(DatasetSummary.from(dataset));
  }

  @PutMapping("/{name}")
  @ResponseStatus(HttpStatus.OK)
  @PreAuthorize("hasRole('DATA_STEWARD')")
  @Operation(summary = "Update the description, licence and legal basis of a dataset")
  public ResponseEntity<DatasetSummary> updateDataset(
      @PathVariable String name, @RequestBody @Valid UpdateDataset command, IfMatch precondition) {
    Dataset dataset = catalog.update(name, command.toDescription(), precondition);
    return ResponseEntity.ok()
        .eTag(EntityTags.etag(dataset.revision()))
        .body(DatasetSummary.from(dataset));
  }
}
