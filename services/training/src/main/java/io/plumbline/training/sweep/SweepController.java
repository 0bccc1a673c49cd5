package io.plumbline.training.sweep;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.state.JobState;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.EntityTags;
import io.plumbline.platform.web.Idempotent;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.plumbline.training.job.TrainingEvidence;
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

@RestController
@RequestMapping("/api/sweeps")
class SweepController {

  /** A sweep as the API shows it. */
  record SweepView(
      UUID sweepId,
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
          sweep.spec().application(),
          sweep.spec().baseModel(),
          sweep.spec().splitDigest(),
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
          sweep.spec().author(),
          sweep.createdAt(),
          sweep.finishedAt());
    }
  }

  /**
   * A trial as the API shows it.
   *
   * @param state the state of its job; absent until the trial is submitted
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

  private final SweepService sweeps;
  private final TrainingEvidence evidence;

  SweepController(SweepService sweeps, TrainingEvidence evidence) {
    this.sweeps = sweeps;
    this.evidence = evidence;
  }

  @Operation(
      summary = "Create a sweep over a grid of hyperparameters; every trial is a training job")
  @PostMapping
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Idempotent
  @PreAuthorize("hasRole('ML_ENGINEER')")
  public ResponseEntity<SweepView> createSweep(@Valid @RequestBody CreateSweep request) {
    SweepRequest requested = request.toRequest();
    evidence.requireComplete(requested.spec());
    Sweep sweep = sweeps.start(requested);
    return ResponseEntity.accepted()
        .location(URI.create("/api/sweeps/" + sweep.id()))
        .eTag(EntityTags.etag(sweep.revision()))
        .body(SweepView.from(sweep));
  }

  @Operation(summary = "List sweeps, newest first")
  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  public Page<SweepView> listSweeps(PageRequest page) {
    Page<Sweep> found = sweeps.list(page);
    return found.map(SweepView::from);
  }

  @Operation(summary = "Get a sweep with its trials")
  @GetMapping("/{sweepId}")
  @PreAuthorize("hasRole('VIEWER')")
  public ResponseEntity<SweepView> getSweep(@PathVariable UUID sweepId) {
    Sweep sweep = sweeps.find(sweepId).orElseThrow(Problem::notFound);
    return ResponseEntity.ok().eTag(EntityTags.etag(sweep.revision())).body(SweepView.from(sweep));
  }

  @Operation(summary = "Cancel a sweep and its running trial")
  @PostMapping("/{sweepId}/cancel")
  @PreAuthorize("hasRole('ML_ENGINEER')")
  public SweepView cancelSweep(@PathVariable UUID sweepId) {
    return SweepView.from(sweeps.cancel(sweepId));
  }
}
