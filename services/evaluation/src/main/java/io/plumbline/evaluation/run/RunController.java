package io.plumbline.evaluation.run;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.leakage.Leakage;
import io.plumbline.evaluation.leakage.Leakages;
import io.plumbline.evaluation.output.AnswerView;
import io.plumbline.evaluation.output.ItemExcerpts;
import io.plumbline.evaluation.output.ListedRunItem;
import io.plumbline.evaluation.output.RunItem;
import io.plumbline.evaluation.output.RunItemFilter;
import io.plumbline.evaluation.output.RunItemFilter.ScoreBelow;
import io.plumbline.evaluation.output.RunItems;
import io.plumbline.evaluation.projection.VariantProjection;
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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;
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

  private final RunService service;
  private final Runs runs;
  private final RunItems items;
  private final ItemExcerpts excerpts;
  private final JobQueue jobs;
  private final Leakages leakages;
  private final VariantProjection variants;
  private final SealedSuites sealed;
  private final TransactionOperations transaction;

  RunController(
      RunService service,
      Runs runs,
      RunItems items,
      ItemExcerpts excerpts,
      JobQueue jobs,
      Leakages leakages,
      VariantProjection variants,
      SealedSuites sealed,
      TransactionOperations transaction) {
    this.service = service;
    this.runs = runs;
    this.items = items;
    this.excerpts = excerpts;
    this.jobs = jobs;
    this.leakages = leakages;
    this.variants = variants;
    this.sealed = sealed;
    this.transaction = transaction;
  }

  @PostMapping
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Idempotent
  @PreAuthorize("hasAnyRole('PROMPT_ENGINEER', 'ML_ENGINEER', 'SERVICE')")
  @Transactional
  @Operation(summary = "Start a run of a suite over a variant or a model")
  public ResponseEntity<RunView> startRun(@Valid @RequestBody StartRun command) {
    Run run = service.start(command);
    return ResponseEntity.accepted().location(URI.create("/api/runs/" + run.id())).body(view(run));
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

  @GetMapping("/{runId}/items")
  @PreAuthorize("hasRole('VIEWER')")
  @Operation(
      summary =
          "List a run's items, unless they are sealed: all, only wrong ones (onlyWrong), only those"
              + " abstained from, only those with a score below a value, or only perturbed ones"
              + " whose answer differs from that of their original (disagreements)",
      description =
          "question and answer are masked and cut to 200 characters. answer is null for callers who"
              + " may not get an item with its output, and question for callers who may not list"
              + " the items of a dataset version.")
  public Page<ListedRunItem> listRunItems(
      @PathVariable UUID runId,
      @RequestParam(defaultValue = "false") boolean onlyWrong,
      @RequestParam(defaultValue = "false") boolean disagreements,
      @RequestParam(defaultValue = "false") boolean abstained,
      @RequestParam @Nullable String scorer,
      @RequestParam @Nullable Double below,
      PageRequest page) {
    if ((scorer == null) != (below == null)) {
      throw Problem.invalid(
          scorer == null ? "scorer" : "below",
          "is missing, although the other of scorer and below is given; pass both or neither");
    }
    RunItemFilter filter =
        new RunItemFilter(
            onlyWrong,
            abstained,
            scorer == null || below == null ? null : new ScoreBelow(scorer, below));
    if (disagreements && !filter.equals(RunItemFilter.ALL)) {
      throw Problem.invalid("disagreements", "cannot be combined with another filter");
    }
    // The transaction ends before the questions are read, which may take long.
    Rows rows =
        Objects.requireNonNull(
            transaction.execute(status -> readRows(runId, disagreements, filter, page)));
    Page<RunItem> found = rows.page();
    return found.withItems(excerpts.withExcerpts(runId, rows.suite(), found.items()));
  }

  /** The items of a page, and the suite of their run. */
  private record Rows(Digest suite, Page<RunItem> page) {}

  private Rows readRows(UUID runId, boolean disagreements, RunItemFilter filter, PageRequest page) {
    Optional<Run> run = runs.find(runId);
    run.ifPresent(this::requireOpen);
    ScoreBelow below = filter.below();
    if (below != null) {
      run.ifPresent(known -> service.requireScorer(known, below.scorer()));
    }
    // The items are read before a missing run is reported, so that a malformed page token is
    // rejected for any run.
    Page<RunItem> found =
        disagreements ? items.disagreements(runId, page) : items.list(runId, filter, page);
    return new Rows(run.orElseThrow(Problem::notFound).suiteDigest(), found);
  }

  @GetMapping("/{runId}/items/{ordinal}")
  @PreAuthorize(
      "hasAnyRole('PROMPT_ENGINEER', 'ML_ENGINEER', 'DATA_STEWARD', 'COMPLIANCE_OFFICER')")
  @Transactional(readOnly = true)
  @Operation(summary = "Get an item of a run with its whole output, unless it is sealed")
  public AnswerView getRunItem(@PathVariable UUID runId, @PathVariable int ordinal) {
    Run run = runs.find(runId).orElseThrow(Problem::notFound);
    requireOpen(run);
    return service.answerView(run, items.findAnswer(runId, ordinal).orElseThrow(Problem::notFound));
  }

  @GetMapping("/{runId}/abstention")
  @PreAuthorize("hasRole('VIEWER')")
  @Transactional(readOnly = true)
  @Operation(
      summary =
          "Get what abstaining below each threshold would have given, of a run over validation"
              + " rows: coverage, the score of what is answered, and the recall of what is out of"
              + " scope")
  public AbstentionView getAbstention(@PathVariable UUID runId) {
    Run run = runs.find(runId).orElseThrow(Problem::notFound);
    requireOpen(run);
    return service.abstentionCurve(run);
  }

  private void requireOpen(Run run) {
    sealed.requireOpen(Set.of(run.suiteDigest()));
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
        && jobs.find(run.jobId()).filter(job -> job.startedAt() == null).isPresent()) {
      service.endCancelled(runId);
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
    Set<Digest> varying =
        variants.withoutTemperature(shown.stream().map(Run::subjectDigest).distinct().toList());
    Set<Digest> closed = sealed.among(shown.stream().map(Run::suiteDigest).distinct().toList());
    return shown.stream()
        .map(run ->
            view(
                run,
                answerers.getOrDefault(run.id(), RunItems.Answerers.NONE),
                found.get(run.id()),
                run.whyNotReused(varying.contains(run.subjectDigest())).orElse(null),
                closed.contains(run.suiteDigest())))
        .toList();
  }

  private RunView view(
      Run run,
      RunItems.Answerers answerers,
      @Nullable Leakage leakage,
      @Nullable String notReused,
      boolean outputsSealed) {
    return RunView.from(
        run,
        doneItems(run),
        notReused,
        answerers.fallbackItems(),
        answerers.processors(),
        job(run).orElse(null),
        leakage,
        outputsSealed);
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
