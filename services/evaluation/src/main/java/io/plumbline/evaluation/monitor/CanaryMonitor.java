package io.plumbline.evaluation.monitor;

import io.plumbline.contracts.InferenceEvent.ArmReported;
import io.plumbline.contracts.InferenceEvent.ReleaseChanged;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.contracts.state.ReleaseState;
import io.plumbline.evaluation.experiment.Verdict;
import io.plumbline.evaluation.experiment.Verdicts;
import io.plumbline.evaluation.monitor.CanaryAnalysis.Arm;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.EventMetadata;
import io.plumbline.platform.event.OnEvent;
import io.plumbline.platform.identity.Caller;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Receives release changes and arm reports, in either order, and issues at most one verdict on each
 * canary.
 */
@Component
public class CanaryMonitor {

  private final Guards guards;
  private final Verdicts verdicts;
  private final CanarySettings settings;
  private final Clock clock;

  CanaryMonitor(Guards guards, Verdicts verdicts, CanarySettings settings, Clock clock) {
    this.guards = guards;
    this.verdicts = verdicts;
    this.settings = settings;
    this.clock = clock;
  }

  @OnEvent
  public void on(ReleaseChanged event, EventMetadata metadata) {
    if (event.state() != ReleaseState.CANARY && guards.find(event.releaseId()).isEmpty()) {
      return;
    }
    Guard guard =
        guards.lock(event.releaseId(), event.application(), event.environment(), clock.instant());
    if (metadata.aggregateVersion() > guard.version()) {
      judge(guard.withRelease(event, metadata.aggregateVersion()));
    }
  }

  @OnEvent
  public void on(ArmReported event) {
    Optional<Arm> arm = Arm.named(event.arm());
    if (arm.isEmpty()) {
      return;
    }
    Guard guard =
        guards.lock(event.releaseId(), event.application(), event.environment(), clock.instant());
    if (guard.state() == Guard.State.RUNNING) {
      judge(guard.withReport(arm.get(), event));
    }
  }

  private void judge(Guard guard) {
    guards.save(
        guard
            .decision(settings)
            .map(decision -> guard.withVerdict(issue(guard, decision), decision.outcome()))
            .orElse(guard));
  }

  private UUID issue(Guard guard, CanaryAnalysis.Decision decision) {
    Verdict verdict =
        new Verdict(
            Ids.next(),
            VerdictKind.CANARY,
            guard.application(),
            null,
            Objects.requireNonNull(guard.candidateDigest()),
            null,
            null,
            null,
            guard.releaseId(),
            0,
            decision.outcome(),
            decision.reasons(),
            List.of(),
            Caller.SYSTEM,
            clock.instant());
    verdicts.issue(verdict);
    return verdict.verdictId();
  }
}
