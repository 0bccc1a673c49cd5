package io.plumbline.datasetregistry.dataset.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.plumbline.datasetregistry.dataset.DatasetCatalog;
import io.plumbline.datasetregistry.dataset.DatasetReads;
import io.plumbline.datasetregistry.dataset.DatasetReads.FindingView;
import io.plumbline.datasetregistry.dataset.DatasetVersion;
import io.plumbline.datasetregistry.dataset.VersionView;
import io.plumbline.platform.job.JobQueue;
import io.plumbline.platform.job.JobView;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Versions and what was found in them. */
@RestController
@RequestMapping("/api/datasets/{name}/versions")
class VersionController {

  private final DatasetCatalog catalog;
  private final DatasetReads reads;
  private final JobQueue jobs;

  VersionController(DatasetCatalog catalog, DatasetReads reads, JobQueue jobs) {
    this.catalog = catalog;
    this.reads = reads;
    this.jobs = jobs;
  }

  /**
   * @param job how far the work on the version is
   */
  record VersionWithJob(@JsonUnwrapped VersionView view, @Nullable JobView job) {}

  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  @Operation(summary = "List versions, newest first, without their reports")
  public Page<VersionView> list(@PathVariable String name, PageRequest page) {
    catalog.dataset(name);
    return reads.versions(name, page);
  }

  @GetMapping("/{number}")
  @PreAuthorize("hasRole('VIEWER')")
  @Operation(summary = "Read a version with its report, or how far its ingest is")
  public VersionWithJob read(@PathVariable String name, @PathVariable int number) {
    VersionView view = reads.version(name, number);
    return new VersionWithJob(
        view, view.jobId() == null ? null : jobs.find(view.jobId()).orElse(null));
  }

  @GetMapping("/{number}/findings")
  @PreAuthorize("hasRole('VIEWER')")
  @Operation(summary = "List findings with their rows, by kind")
  public Page<FindingView> findings(
      @PathVariable String name,
      @PathVariable int number,
      @RequestParam @Nullable String kind,
      PageRequest page) {
    DatasetVersion version = catalog.version(name, number);
    return reads.findings(version.id(), kind, page);
  }
}
