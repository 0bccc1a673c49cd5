package io.plumbline.evaluation.monitor;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.statistics.SequentialComparison;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Page;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
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
class GuardController {

  /**
   * What both arms have answered, held against each other.
   *
   * @param evidence against the candidate; the guard speaks at {@code needed}
   * @param least how much each arm must have answered before the guard speaks
   */
  record ArmsView(
      long candidateTrials,
      long candidateEvents,
      long controlTrials,
      long controlEvents,
      double evidence,
      double needed,
      long least) {

    /** Less than the largest number that JSON can carry, and more than any rule asks for. */
    private static final double MOST = 1e12;

    static ArmsView from(SequentialComparison comparison, double alpha, long least) {
      return new ArmsView(
          comparison.candidateTrials(),
          comparison.candidateEvents(),
          comparison.baselineTrials(),
          comparison.baselineEvents(),
          Math.min(Math.exp(comparison.logEvidence()), MOST),
          1 / alpha,
          least);
    }
  }

  /**
   * A guard as it is shown.
   *
   * @param candidateRequests all that the candidate's arm has answered, also what is not yet held
   *     against the control
   * @param passAfterRequests of the candidate, after which a canary without harm passes; 0: never
   *     by itself
   */
  record GuardView(
      UUID releaseId,
      String application,
      String environment,
      @Nullable Digest candidateDigest,
      @Nullable Integer percent,
      Guard.State state,
      long candidateRequests,
      long controlRequests,
      ArmsView errors,
      ArmsView judgedWrong,
      boolean sampleRatioMismatch,
      long passAfterRequests,
      @Nullable UUID verdictId,
      Instant beganAt) {}

  private final Guards guards;
  private final CanarySettings settings;

  GuardController(Guards guards, CanarySettings settings) {
    this.guards = guards;
    this.settings = settings;
  }

  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  @Transactional(readOnly = true)
  @Operation(summary = "Lists the guards of canaries, the newest release first")
  public Page<GuardView> list(@RequestParam @Nullable String application) {
    return Page.whole(guards.of(application).stream().map(this::view).toList());
  }

  @GetMapping("/{releaseId}")
  @PreAuthorize("hasRole('VIEWER')")
  @Transactional(readOnly = true)
  @Operation(summary = "Shows the guard of a canary")
  public GuardView find(@PathVariable UUID releaseId) {
    return view(guards.find(releaseId).orElseThrow(Problem::notFound));
  }

  private GuardView view(Guard guard) {
    CanaryAnalysis watch = guard.watch();
    return new GuardView(
        guard.releaseId(),
        guard.application(),
        guard.environment(),
        guard.candidateDigest(),
        guard.percent(),
        guard.state(),
        watch.candidate().total().requests(),
        watch.control().total().requests(),
        ArmsView.from(watch.errors(), settings.alpha() / 2, settings.minRequests()),
        ArmsView.from(watch.wrong(), settings.alpha() / 2, settings.minFeedback()),
        watch.ratioMismatch(settings, guard.percent()),
        settings.passAfterRequests(),
        guard.verdictId(),
        guard.beganAt());
  }
}
