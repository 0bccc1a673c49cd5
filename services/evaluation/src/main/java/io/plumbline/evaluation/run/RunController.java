package io.plumbline.evaluation.run;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.output.RunItems;
import io.plumbline.platform.job.JobQueue;
import io.plumbline.platform.job.JobView;
import io.plumbline.platform.ledger.LedgerExempt;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Idempotent;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/runs")
class RunController {

  /**
   * A request to start a run over either {@code variantDigest} or {@code model}.
   *
   * @param component the component that this run adds in an ablation, as {@code +retrieval}
   * @param seed the seed of the intervals; 1 when absent
   * @param fresh whether every question is sent, and no answer to an equal request is reused; a
   *     bare model's answers are never reused, since its name may lead to another model by now
   */
  record StartRun(
      @NotBlank @Size(max = 100) String application,
      @NotNull Digest suiteDigest,
      @Nullable Digest variantDigest,
      @Nullable @Size(min = 1, max = 200) String model,
      @Nullable @Size(max = 60) String component,
      @Nullable Long seed,
      @Nullable Boolean fresh) {

    /**
     * Returns the model that requests to inference name: {@code variant/<digest>} or the given
     * model.
     */
    String inferenceModel() {
      if (variantDigest != null && model == null) {
        return Run.VARIANT + variantDigest;
      }
      if (model == null
          || variantDigest != null
          || model.startsWith(Run.VARIANT)
          || model.startsWith("app/")) {
        throw new Problem(
                RunProblem.ONE_SUBJECT,
                "A run evaluates one variant or one model. Pass either variantDigest or model, the"
                    + " name of a model such as local/choice-bge-small.")
            .withFieldError(
                "/variantDigest",
                "is required unless model is given, and cannot be combined with it");
      }
      return model;
    }
  }

  private final RunStarter starter;
  private final RunRecorder recorder;
  private final Runs runs;
  private final RunItems items;
  private final JobQueue jobs;
  private final RunViews views;

  RunController(
      RunStarter starter,
      RunRecorder recorder,
      Runs runs,
      RunItems items,
      JobQueue jobs,
      RunViews views) {
    this.starter = starter;
    this.recorder = recorder;
    this.runs = runs;
    this.items = items;
    this.jobs = jobs;
    this.views = views;
  }

  @PostMapping
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Idempotent
  @PreAuthorize("hasAnyRole('PROMPT_ENGINEER', 'ML_ENGINEER')")
  @Operation(summary = "Start a run of a suite over a variant or a model")
  public ResponseEntity<RunView> startRun(@Valid @RequestBody StartRun command) {
    RunView run = starter.start(command, views::of);
    return ResponseEntity.accepted().location(URI.create("/api/runs/" + run.runId())).body(run);
  }

  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  @Transactional(readOnly = true)
  @Operation(summary = "List runs, the newest first")
  public Page<RunView> listRuns(@RequestParam @Nullable String application, PageRequest page) {
    Page<Run> found = runs.list(application, page);
    return found.withItems(views.of(found.items()));
  }

  @GetMapping("/{runId}")
  @PreAuthorize("hasRole('VIEWER')")
  @Transactional
  @Operation(summary = "Get a run: its progress, and its metrics once it is finished")
  public RunView getRun(@PathVariable UUID runId) {
    return views.of(runs.find(runId).orElseThrow(Problem::notFound));
  }

  /** Cancels a run. That stops work and spending, so it is allowed while the ledger is behind. */
  @PostMapping("/{runId}/cancel")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @PreAuthorize("hasAnyRole('PROMPT_ENGINEER', 'ML_ENGINEER')")
  @LedgerExempt
  @Transactional
  @Operation(summary = "Cancel a run")
  public ResponseEntity<RunView> cancelRun(@PathVariable UUID runId) {
    Run run = runs.find(runId).orElseThrow(Problem::notFound);
    if (run.state() != Run.State.RUNNING || run.jobId() == null) {
      throw new Problem(
          CommonProblem.CONFLICT,
          "Only a run in state RUNNING can be cancelled; this one is " + run.state() + ".");
    }
    if (items.countItems(runId) == 0
        && jobs.find(run.jobId()).filter(job -> job.state() == JobView.State.QUEUED).isPresent()) {
      recorder.endCancelled(runId);
    }
    jobs.cancel(run.jobId());
    return ResponseEntity.accepted()
        .body(views.of(runs.find(runId).orElseThrow(Problem::notFound)));
  }
}
