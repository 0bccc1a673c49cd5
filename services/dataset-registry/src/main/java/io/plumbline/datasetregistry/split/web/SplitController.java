package io.plumbline.datasetregistry.split.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.plumbline.contracts.DatasetRegistryEvent.Part;
import io.plumbline.datasetregistry.split.Leak;
import io.plumbline.datasetregistry.split.Recipe;
import io.plumbline.datasetregistry.split.Split;
import io.plumbline.datasetregistry.split.SplitService;
import io.plumbline.platform.job.JobQueue;
import io.plumbline.platform.job.JobView;
import io.plumbline.platform.web.Idempotent;
import io.plumbline.platform.web.Page;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Splits of a version. */
@RestController
@RequestMapping("/api/datasets/{name}/versions/{number}/splits")
class SplitController {

  private final SplitService desk;
  private final JobQueue jobs;

  SplitController(SplitService desk, JobQueue jobs) {
    this.desk = desk;
    this.jobs = jobs;
  }

  /**
   * A split as others see it.
   *
   * @param leakage pairs of rows in different parts that say the same
   * @param leaks the first 100 of them
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record SplitView(
      UUID splitId,
      String dataset,
      int version,
      Split.State state,
      @Nullable String splitDigest,
      Map<String, Part> parts,
      long leakage,
      List<Leak> leaks,
      Split.Dropped dropped,
      Recipe recipe,
      @Nullable String error,
      String createdBy,
      Instant createdAt,
      @Nullable UUID jobId,
      @Nullable JobView job) {

    static SplitView of(Split split, @Nullable JobView job) {
      return new SplitView(
          split.id(),
          split.dataset(),
          split.number(),
          split.state(),
          split.splitDigest() == null ? null : split.splitDigest().hex(),
          split.parts(),
          split.leakage(),
          split.leaks(),
          split.dropped(),
          split.recipe(),
          split.error(),
          split.createdBy(),
          split.createdAt(),
          split.jobId(),
          job);
    }
  }

  @PostMapping
  @PreAuthorize("hasAnyRole('DATA_STEWARD', 'ML_ENGINEER')")
  @Idempotent
  @Operation(summary = "Split a version; the answer's Location tells when it is READY")
  public ResponseEntity<SplitView> order(
      @PathVariable String name, @PathVariable int number, @RequestBody @Valid OrderSplit command) {
    Split split = desk.order(name, number, command.recipe());
    URI location =
        URI.create("/api/datasets/" + name + "/versions/" + number + "/splits/" + split.id());
    return ResponseEntity.accepted().location(location).body(SplitView.of(split, null));
  }

  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  @Operation(summary = "List the latest 100 splits of a version, newest first")
  public Page<SplitView> list(@PathVariable String name, @PathVariable int number) {
    return Page.whole(
        desk.latest(name, number).stream().map(split -> SplitView.of(split, null)).toList());
  }

  @GetMapping("/{reference}")
  @PreAuthorize("hasRole('VIEWER')")
  @Operation(summary = "Read a split by its id or digest")
  public SplitView read(
      @PathVariable String name, @PathVariable int number, @PathVariable String reference) {
    Split split = desk.find(name, number, reference);
    return SplitView.of(
        split, split.jobId() == null ? null : jobs.find(split.jobId()).orElse(null));
  }
}
