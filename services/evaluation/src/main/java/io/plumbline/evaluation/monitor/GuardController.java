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

  /** @param evidence against the candidate; the guard speaks at {@code needed} */
  record ComparisonView(
      long candidateTrials, long candidateEvents, long controlTrials, long controlEvents, double evidence, double needed) {

    static ComparisonView from(SequentialComparison comparison, double alpha) {
      return new ComparisonView(
          comparison.candidateTrials(), comparison.candidateEvents(), comparison.baselineTrials(), comparison.baselineEvents(),
          Math.exp(comparison.logEvidence()), 1 / alpha);
    }
  }

  /** A guard as it is shown. */
  record GuardView(
      UUID releaseId, String application, String environment, @Nullable Digest candidateDigest, @Nullable Integer percent,
      Guard.State state,
      ComparisonView errors, ComparisonView judgedWrong, boolean sampleRatioMismatch, @Nullable UUID verdictId, Instant beganAt) {}

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
    CanaryWatch watch = guard.watch();
    return new GuardView(
        guard.releaseId(), guard.application(), guard.environment(), guard.candidateDigest(), guard.percent(), guard.state(),
        ComparisonView.from(watch.errors(), settings.alpha() / 2), ComparisonView.from(watch.wrong(), settings.alpha() / 2),
        watch.ratioMismatch(settings, guard.percent()), guard.verdictId(), guard.beganAt());
  }
}
