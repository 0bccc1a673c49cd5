package io.plumbline.datasetregistry.split;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.plumbline.contracts.DatasetRegistryEvent.Subset;
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
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The API of splits of dataset versions. */
@RestController
@RequestMapping("/api/datasets/{name}/versions/{number}/splits")
class SplitController {

  private final SplitService splits;
  private final JobQueue jobs;

  SplitController(SplitService splits, JobQueue jobs) {
    this.splits = splits;
    this.jobs = jobs;
  }

  /**
   * A split as the API shows it.
   *
   * @param leakage pairs of rows in different subsets whose texts are equal or nearly equal
   * @param leaks the first 100 of these pairs
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record SplitView(
      UUID splitId,
      String dataset,
      int version,
      Split.State state,
      @Nullable String splitDigest,
      Map<String, Subset> subsets,
      long leakage,
      List<Leak> leaks,
      Split.Dropped dropped,
      Recipe recipe,
      @Nullable String error,
      String createdBy,
      Instant createdAt,
      UUID jobId,
      @Nullable JobView job) {

    static SplitView of(Split split, @Nullable JobView job) {
      return new SplitView(
          split.id(),
          split.dataset(),
          split.number(),
          split.state(),
          split.splitDigest() == null ? null : split.splitDigest().hex(),
          split.subsets(),
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
  @ResponseStatus(HttpStatus.ACCEPTED)
  @PreAuthorize("hasAnyRole('DATA_STEWARD', 'ML_ENGINEER')")
  @Idempotent
  @Operation(summary = "Define a split of a dataset version; the Location shows its state")
  public ResponseEntity<SplitView> defineSplit(
      @PathVariable String name,
      @PathVariable int number,
      @RequestBody @Valid DefineSplit command) {
    Split split = splits.define(name, number, command.toRecipe());
    URI location =
        URI.create("/api/datasets/" + name + "/versions/" + number + "/splits/" + split.id());
    return ResponseEntity.accepted().location(location).body(SplitView.of(split, null));
  }

  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  @Operation(summary = "List the latest 100 splits of a dataset version, newest first")
  public Page<SplitView> listSplits(@PathVariable String name, @PathVariable int number) {
    return Page.ofSinglePage(
        splits.latestSplits(name, number).stream()
            .map(split -> SplitView.of(split, null))
            .toList());
  }

  @GetMapping("/{splitId}")
  @PreAuthorize("hasRole('VIEWER')")
  @Operation(summary = "Get a split by its id or digest")
  public SplitView getSplit(
      @PathVariable String name, @PathVariable int number, @PathVariable String splitId) {
    Split split = splits.find(name, number, splitId);
    return SplitView.of(split, jobs.find(split.jobId()).orElse(null));
  }
}
