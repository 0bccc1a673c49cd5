package io.plumbline.datasetregistry.dataset;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.plumbline.datasetregistry.dataset.DatasetQueries.FindingView;
import io.plumbline.platform.job.JobQueue;
import io.plumbline.platform.job.JobView;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The API of dataset versions and their findings. */
@RestController
@RequestMapping("/api/datasets/{name}/versions")
class VersionController {

  private final DatasetCatalog catalog;
  private final DatasetQueries reads;
  private final JobQueue jobs;

  VersionController(DatasetCatalog catalog, DatasetQueries reads, JobQueue jobs) {
    this.catalog = catalog;
    this.reads = reads;
    this.jobs = jobs;
  }

  /**
   * @param job the progress of the job that makes the version
   */
  record VersionWithJob(@JsonUnwrapped VersionView view, @Nullable JobView job) {}

  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  @Operation(summary = "List the versions of a dataset, newest first, without their reports")
  public Page<VersionView> listDatasetVersions(@PathVariable String name, PageRequest page) {
    return reads.versions(name, page);
  }

  @GetMapping("/{number}")
  @PreAuthorize("hasRole('VIEWER')")
  @Operation(
      summary = "Get a dataset version with its report, or with the progress of its ingest job")
  public VersionWithJob getDatasetVersion(@PathVariable String name, @PathVariable int number) {
    VersionView view = reads.version(name, number);
    return new VersionWithJob(
        view, Optional.ofNullable(view.jobId()).flatMap(jobs::find).orElse(null));
  }

  @GetMapping("/{number}/findings")
  @PreAuthorize("hasRole('VIEWER')")
  @Operation(
      summary = "List the findings of a dataset version with their rows, optionally of one kind")
  public Page<FindingView> listFindings(
      @PathVariable String name,
      @PathVariable int number,
      @RequestParam @Nullable String kind,
      PageRequest page) {
    DatasetVersion version = catalog.version(name, number);
    return reads.findings(version.id(), kind, page);
  }
}
