package io.plumbline.evaluation.run;

import io.plumbline.platform.job.JobQueue;
import io.plumbline.platform.ledger.LedgerExempt;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Idempotent;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/runs")
class RunController {

  private final RunService desk;
  private final Runs runs;
  private final RunItems items;
  private final JobQueue jobs;

  RunController(RunService desk, Runs runs, RunItems items, JobQueue jobs) {
    this.desk = desk;
    this.runs = runs;
    this.items = items;
    this.jobs = jobs;
  }

  @PostMapping
  @Idempotent
  @PreAuthorize("hasAnyRole('PROMPT_ENGINEER', 'ML_ENGINEER', 'SERVICE')")
  @Operation(summary = "Starts a run of a suite over a variant or a model")
  public ResponseEntity<RunView> start(@Valid @RequestBody StartRun command) {
    Run run = desk.start(command);
    return ResponseEntity.accepted()
        .location(URI.create("/api/runs/" + run.id()))
        .body(RunView.from(run, 0, null));
  }

  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  @Transactional(readOnly = true)
  @Operation(summary = "Lists runs, the newest first")
  public Page<RunView> list(@RequestParam @Nullable String application, PageRequest page) {
    Page<Run> found = runs.list(application, page);
    return new Page<>(
        found.items().stream().map(this::view).toList(), found.nextPageToken(), found.total());
  }

  @GetMapping("/{id}")
  @PreAuthorize("hasRole('VIEWER')")
  @Transactional
  @Operation(summary = "Shows a run: its progress, then its figures")
  public RunView find(@PathVariable UUID id) {
    return view(runs.find(id).orElseThrow(Problem::notFound));
  }

  @GetMapping("/{id}/items")
  @PreAuthorize("hasRole('VIEWER')")
  @Transactional(readOnly = true)
  @Operation(
      summary =
          "Lists a run's items; only wrong ones, or only perturbed ones answered otherwise than"
              + " their original, if asked")
  public Page<RunItem> items(
      @PathVariable UUID id,
      @RequestParam(defaultValue = "false") boolean onlyWrong,
      @RequestParam(defaultValue = "false") boolean disagreements,
      PageRequest page) {
    if (runs.find(id).isEmpty()) {
      throw Problem.notFound();
    }
    if (onlyWrong && disagreements) {
      throw Problem.invalid("disagreements", "cannot be combined with onlyWrong");
    }
    return disagreements ? items.disagreements(id, page) : items.list(id, onlyWrong, page);
  }

  /** Ends work and spending, so it goes on when the ledger is behind. */
  @PostMapping("/{id}/cancel")
  @PreAuthorize("hasAnyRole('PROMPT_ENGINEER', 'ML_ENGINEER')")
  @LedgerExempt
  @Transactional
  @Operation(summary = "Cancels a run")
  public ResponseEntity<RunView> cancel(@PathVariable UUID id) {
    Run run = runs.find(id).orElseThrow(Problem::notFound);
    if (run.state() != Run.State.RUNNING || run.jobId() == null) {
      throw new Problem(
          CommonProblem.CONFLICT,
          "Only a run that is under way can be cancelled; this one is " + run.state() + ".");
    }
    if (items.count(id) == 0
        && jobs.find(run.jobId()).filter(job -> job.startedAt() == null).isPresent()) {
      desk.cancelled(id);
    }
    jobs.cancel(run.jobId());
    return ResponseEntity.accepted().body(view(runs.find(id).orElseThrow(Problem::notFound)));
  }

  private RunView view(Run run) {
    UUID job = run.jobId();
    boolean running = run.state() == Run.State.RUNNING;
    return RunView.from(
        run,
        running ? items.count(run.id()) : run.total(),
        running && job != null ? jobs.find(job).orElse(null) : null);
  }
}
