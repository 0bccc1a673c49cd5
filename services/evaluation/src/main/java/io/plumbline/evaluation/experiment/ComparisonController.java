package io.plumbline.evaluation.experiment;

import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Idempotent;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
@RequestMapping("/api/comparisons")
class ComparisonController {

  /**
   * A request to compute a comparison.
   *
   * @param baselineRunId a recorded baseline of the application, or a run over validation rows
   * @param runIds the candidates; the component that each adds is that of its run
   * @param ablation whether the baseline and the candidates, in their order, form a chain in which
   *     each step adds one component
   */
  record RequestComparison(
      @NotBlank @Size(max = 100) String application,
      @NotNull UUID baselineRunId,
      @NotEmpty @Size(max = 20) List<@NotNull UUID> runIds,
      @Nullable Boolean ablation,
      @Nullable Long seed) {

    long seedOrDefault() {
      return Objects.requireNonNullElse(seed, 1L);
    }
  }

  /** The state of a comparison. */
  enum State {
    RUNNING,
    FINISHED,
    FAILED;

    private static State of(Comparisons.Stored stored) {
      if (!stored.ended()) {
        return RUNNING;
      }
      return stored.failure() == null ? FINISHED : FAILED;
    }
  }

  /**
   * A comparison in the API. It has deltas only once it is FINISHED.
   *
   * @param exploration whether its runs are over validation rows. The comparison is then no
   *     evidence: its conclusions say which run is better and are never a verdict
   * @param reason why the comparison FAILED; absent in other states
   */
  record ComparisonView(
      UUID comparisonId,
      String application,
      UUID baselineRunId,
      boolean exploration,
      long seed,
      State state,
      @Nullable String reason,
      List<Comparison.Candidate> deltas,
      List<Comparison.Contribution> contributions,
      String createdBy,
      Instant createdAt) {

    static ComparisonView from(Comparisons.Stored stored) {
      Optional<Comparison> result = Optional.ofNullable(stored.result());
      return new ComparisonView(
          stored.id(),
          stored.request().application(),
          stored.request().baselineRunId(),
          stored.exploration(),
          stored.request().seedOrDefault(),
          State.of(stored),
          stored.failure(),
          result.map(Comparison::candidates).orElse(List.of()),
          result.map(Comparison::contributions).orElse(List.of()),
          stored.createdBy(),
          stored.createdAt());
    }
  }

  private final ComparisonService service;
  private final Comparisons comparisons;

  ComparisonController(ComparisonService service, Comparisons comparisons) {
    this.service = service;
    this.comparisons = comparisons;
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @ApiResponse(responseCode = "202", description = "Accepted: the comparison runs as a job")
  @Idempotent
  @PreAuthorize("hasAnyRole('PROMPT_ENGINEER', 'ML_ENGINEER')")
  @Operation(
      summary =
          "Compare runs with a recorded baseline on their common items, or runs of one suite over"
              + " validation rows with each other, as exploration; 202 when it runs as a job")
  public ResponseEntity<ComparisonView> createComparison(
      @Valid @RequestBody RequestComparison command) {
    ComparisonView view = ComparisonView.from(service.compare(command));
    HttpStatus status = view.state() == State.RUNNING ? HttpStatus.ACCEPTED : HttpStatus.CREATED;
    return ResponseEntity.status(status)
        .location(URI.create("/api/comparisons/" + view.comparisonId()))
        .body(view);
  }

  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  @Transactional(readOnly = true)
  @Operation(summary = "List comparisons, the newest first")
  public Page<ComparisonView> listComparisons(
      @RequestParam @Nullable String application, PageRequest page) {
    Page<Comparisons.Stored> found = comparisons.list(application, page);
    return found.map(ComparisonView::from);
  }

  @GetMapping("/{comparisonId}")
  @PreAuthorize("hasRole('VIEWER')")
  @Transactional(readOnly = true)
  @Operation(summary = "Get a comparison")
  public ComparisonView getComparison(@PathVariable UUID comparisonId) {
    return ComparisonView.from(comparisons.find(comparisonId).orElseThrow(Problem::notFound));
  }

  @GetMapping("/{comparisonId}/items")
  @PreAuthorize("hasRole('VIEWER')")
  @Operation(
      summary =
          "List the items that a compared run and the baseline run both have, with the scores of"
              + " both, unless they are sealed: all, or only those whose score by the deciding"
              + " scorer differs (onlyChanged)")
  public Page<ItemDifference> listComparisonItems(
      @PathVariable UUID comparisonId,
      @RequestParam UUID runId,
      @RequestParam(defaultValue = "false") boolean onlyChanged,
      PageRequest page) {
    return service.commonItems(comparisonId, runId, onlyChanged, page);
  }
}
