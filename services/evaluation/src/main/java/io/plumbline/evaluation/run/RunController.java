package io.plumbline.evaluation.run;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.leakage.Leakage;
import io.plumbline.evaluation.leakage.Leakages;
import io.plumbline.evaluation.output.RunItems;
import io.plumbline.evaluation.projection.VariantProjection;
import io.plumbline.evaluation.run.turn.OutageDetector;
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
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  private final RunStarter starter;
  private final RunRecorder recorder;
  private final Runs runs;
  private final RunItems items;
  private final JobQueue jobs;
  private final Leakages leakages;
  private final VariantProjection variants;
  private final SealedSuites sealed;

  RunController(
      RunStarter starter,
      RunRecorder recorder,
      Runs runs,
      RunItems items,
      JobQueue jobs,
      Leakages leakages,
      VariantProjection variants,
      SealedSuites sealed) {
    this.starter = starter;
    this.recorder = recorder;
    this.runs = runs;
    this.items = items;
    this.jobs = jobs;
    this.leakages = leakages;
    this.variants = variants;
    this.sealed = sealed;
  }

  @PostMapping
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Idempotent
  @PreAuthorize("hasAnyRole('PROMPT_ENGINEER', 'ML_ENGINEER')")
  @Operation(summary = "Start a run of a suite over a variant or a model")
  public ResponseEntity<RunView> startRun(@Valid @RequestBody StartRun command) {
    RunView run = starter.start(command, this::view);
    return ResponseEntity.accepted().location(URI.create("/api/runs/" + run.runId())).body(run);
  }

  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  @Transactional(readOnly = true)
  @Operation(summary = "List runs, the newest first")
  public Page<RunView> listRuns(@RequestParam @Nullable String application, PageRequest page) {
    Page<Run> found = runs.list(application, page);
    return found.withItems(views(found.items()));
  }

  @GetMapping("/{runId}")
  @PreAuthorize("hasRole('VIEWER')")
  @Transactional
  @Operation(summary = "Get a run: its progress, and its metrics once it is finished")
  public RunView getRun(@PathVariable UUID runId) {
    return view(runs.find(runId).orElseThrow(Problem::notFound));
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
    return ResponseEntity.accepted().body(view(runs.find(runId).orElseThrow(Problem::notFound)));
  }

  private RunView view(Run run) {
    return views(List.of(run)).getFirst();
  }

  private List<RunView> views(List<Run> shown) {
    List<UUID> ids = shown.stream().map(Run::id).toList();
    Map<UUID, Leakage> found = leakages.ofRuns(ids);
    Map<UUID, RunItems.Answerers> answerers = items.answerers(ids);
    Map<UUID, OutageDetector.Uncounted> uncounted = runs.uncounted(ids);
    Map<UUID, RunItems.Pricing> pricings = items.pricings(ids);
    Set<Digest> varying =
        variants.withoutTemperature(shown.stream().map(Run::subjectDigest).distinct().toList());
    Set<Digest> closed =
        sealed.filterSealed(shown.stream().map(Run::suiteDigest).distinct().toList());
    return shown.stream()
        .map(run -> {
          RunItems.Pricing pricing = pricings.getOrDefault(run.id(), RunItems.Pricing.NONE);
          return RunView.from(
              run,
              doneItems(run),
              pricing.unpriced() == 0,
              run.whyNotReused(varying.contains(run.subjectDigest()))
                  .or(() -> Run.whyPricedAnew(pricing.pricedAnew()))
                  .orElse(null),
              answerers.getOrDefault(run.id(), RunItems.Answerers.NONE),
              uncounted.getOrDefault(run.id(), OutageDetector.Uncounted.NONE),
              job(run).orElse(null),
              found.get(run.id()),
              closed.contains(run.suiteDigest()));
        })
        .toList();
  }

  private int doneItems(Run run) {
    if (run.state() == Run.State.RUNNING) {
      return items.countItems(run.id());
    }
    return run.total();
  }

  private Optional<JobView> job(Run run) {
    UUID job = run.jobId();
    if (run.state() != Run.State.RUNNING || job == null) {
      return Optional.empty();
    }
    return jobs.find(job);
  }
}
