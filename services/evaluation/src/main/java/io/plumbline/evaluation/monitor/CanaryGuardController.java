package io.plumbline.evaluation.monitor;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.plumbline.statistics.ClusteredComparison;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/guards")
class CanaryGuardController {

  /**
   * The comparison of both arms.
   *
   * @param evidence the evidence against the candidate; the guard decides at {@code
   *     requiredEvidence}
   * @param minimumSampleSize how many answers each arm needs before the guard decides
   */
  record ArmsView(
      long candidateTrials,
      long candidateEvents,
      long controlTrials,
      long controlEvents,
      double evidence,
      double requiredEvidence,
      long minimumSampleSize) {

    /**
     * The largest evidence that is reported. It is more than any rule requires, and JSON has no
     * infinity.
     */
    private static final double MAX_EVIDENCE = 1e12;

    static ArmsView from(ClusteredComparison comparison, double alpha, long minimum) {
      return new ArmsView(
          comparison.candidateTrials(),
          comparison.candidateEvents(),
          comparison.baselineTrials(),
          comparison.baselineEvents(),
          Math.min(Math.exp(comparison.logEvidence()), MAX_EVIDENCE),
          1 / alpha,
          minimum);
    }
  }

  /**
   * A guard in the API.
   *
   * @param candidateRequests all answers of the candidate's arm, including those not yet compared
   *     with the control's
   * @param candidateAbstentions the answers among them in which the variant abstained; no rule
   *     decides by them
   * @param plannedAnswers the answers that the release registered, with which it may be promoted;
   *     absent for a release that registered none
   * @param comparedAnswers the compared answers of the candidate, without those of the group of
   *     callers that has most of them
   * @param missingCallers why the comparison decides nothing: one group of callers has nearly all
   *     answers; absent otherwise
   * @param passAfterRequests the requests of the candidate after which a canary without harm
   *     passes; with 0 it never passes by itself
   */
  record GuardView(
      UUID releaseId,
      String application,
      String environment,
      @Nullable Digest candidateDigest,
      @Nullable Integer percent,
      CanaryGuard.State state,
      long candidateRequests,
      long controlRequests,
      long candidateAbstentions,
      long controlAbstentions,
      ArmsView errors,
      ArmsView judgedWrong,
      boolean sampleRatioMismatch,
      @Nullable Integer plannedAnswers,
      long comparedAnswers,
      @Nullable String missingCallers,
      long passAfterRequests,
      @Nullable UUID verdictId,
      Instant startedAt) {}

  private final CanaryGuards canaryGuards;
  private final CanarySettings settings;

  CanaryGuardController(CanaryGuards canaryGuards, CanarySettings settings) {
    this.canaryGuards = canaryGuards;
    this.settings = settings;
  }

  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  @Transactional(readOnly = true)
  @Operation(summary = "List the guards of canaries, the newest release first")
  public Page<GuardView> listCanaryGuards(
      @RequestParam @Nullable String application, PageRequest page) {
    Page<CanaryGuard> found = canaryGuards.list(application, page);
    Map<UUID, Integer> planned =
        canaryGuards.plannedAnswers(found.items().stream().map(CanaryGuard::releaseId).toList());
    return found.map(each -> view(each, planned.get(each.releaseId())));
  }

  @GetMapping("/{releaseId}")
  @PreAuthorize("hasRole('VIEWER')")
  @Transactional(readOnly = true)
  @Operation(summary = "Get the guard of a canary by its release")
  public GuardView getCanaryGuard(@PathVariable UUID releaseId) {
    return view(
        canaryGuards.find(releaseId).orElseThrow(Problem::notFound),
        canaryGuards.plannedAnswers(releaseId).orElse(null));
  }

  private GuardView view(CanaryGuard canaryGuard, @Nullable Integer plannedAnswers) {
    CanaryAnalysis analysis = canaryGuard.analysis();
    return new GuardView(
        canaryGuard.releaseId(),
        canaryGuard.application(),
        canaryGuard.environment(),
        canaryGuard.candidateDigest(),
        canaryGuard.percent(),
        canaryGuard.state(),
        analysis.candidate().totalCounts().requests(),
        analysis.control().totalCounts().requests(),
        analysis.candidate().abstentions(),
        analysis.control().abstentions(),
        ArmsView.from(analysis.errorComparison(), settings.alpha() / 2, settings.minRequests()),
        ArmsView.from(analysis.judgementComparison(), settings.alpha() / 2, settings.minFeedback()),
        analysis.hasRatioMismatch(settings, canaryGuard.percent()),
        plannedAnswers,
        analysis.comparedAnswers(),
        analysis.missingCallers(settings).orElse(null),
        settings.passAfterRequests(),
        canaryGuard.verdictId(),
        canaryGuard.startedAt());
  }
}
