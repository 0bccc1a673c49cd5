package io.plumbline.training.sweep.web;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Idempotent;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.plumbline.platform.web.Versioned;
import io.plumbline.training.job.JobState;
import io.plumbline.training.sweep.Sweep;
import io.plumbline.training.sweep.SweepService;
import io.plumbline.training.sweep.SweepState;
import io.plumbline.training.sweep.Trial;
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

@RestController
@RequestMapping("/api/sweeps")
class SweepController {

  /** A search as the API shows it. */
  record SweepView(
      UUID id,
      String application,
      String baseModel,
      Digest splitDigest,
      String metric,
      Map<String, List<Double>> grid,
      long gridSize,
      SweepState state,
      @Nullable String reason,
      double progress,
      List<TrialView> trials,
      @Nullable UUID bestJobId,
      @Nullable Map<String, Double> bestConfiguration,
      @Nullable Double bestValue,
      double computeSeconds,
      String author,
      Instant createdAt,
      @Nullable Instant finishedAt) {

    static SweepView from(Sweep sweep) {
      Trial best = sweep.best().orElse(null);
      long ended =
          sweep.trials().stream()
              .filter(trial -> trial.state() != null && trial.state() != JobState.QUEUED)
              .count();
      return new SweepView(
          sweep.id(),
          sweep.application(),
          sweep.baseModel(),
          sweep.splitDigest(),
          sweep.metric().wireName(),
          sweep.grid().values(),
          sweep.gridSize(),
          sweep.state(),
          sweep.reason(),
          (double) ended / sweep.trials().size(),
          sweep.trials().stream().map(TrialView::from).toList(),
          best == null ? null : best.jobId(),
          best == null ? null : best.configuration().values(),
          best == null ? null : best.value(),
          sweep.computeSeconds(),
          sweep.author(),
          sweep.createdAt(),
          sweep.finishedAt());
    }
  }

  /**
   * @param state of its job; absent until its turn has come
   */
  record TrialView(
      Map<String, Double> point,
      @Nullable UUID jobId,
      @Nullable JobState state,
      @Nullable Double value) {

    static TrialView from(Trial trial) {
      return new TrialView(trial.point(), trial.jobId(), trial.state(), trial.value());
    }
  }

  private final SweepService search;

  SweepController(SweepService search) {
    this.search = search;
  }

  @Operation(summary = "Search a grid of hyperparameters; every trial is a training job")
  @PostMapping
  @Idempotent
  @PreAuthorize("hasRole('ML_ENGINEER')")
  public ResponseEntity<SweepView> create(@Valid @RequestBody CreateSweep request) {
    Sweep sweep = search.start(request.toRequest());
    return ResponseEntity.accepted()
        .location(URI.create("/api/sweeps/" + sweep.id()))
        .eTag(Versioned.etag(sweep.revision()))
        .body(SweepView.from(sweep));
  }

  @Operation(summary = "List searches, newest first")
  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  public Page<SweepView> list(PageRequest page) {
    Page<Sweep> found = search.list(page);
    return new Page<>(
        found.items().stream().map(SweepView::from).toList(), found.nextPageToken(), found.total());
  }

  @Operation(summary = "A search with its trials")
  @GetMapping("/{id}")
  @PreAuthorize("hasRole('VIEWER')")
  public ResponseEntity<SweepView> get(@PathVariable UUID id) {
    Sweep sweep = search.find(id).orElseThrow(Problem::notFound);
    return ResponseEntity.ok().eTag(Versioned.etag(sweep.revision())).body(SweepView.from(sweep));
  }

  @Operation(summary = "Cancel a search and the trial that runs")
  @PostMapping("/{id}/cancel")
  @PreAuthorize("hasRole('ML_ENGINEER')")
  public SweepView cancel(@PathVariable UUID id) {
    return SweepView.from(search.cancel(id));
  }
}
