package io.plumbline.evaluation.monitor;

import io.plumbline.contracts.InferenceEvent.ArmReported;
import io.plumbline.contracts.InferenceEvent.ReleaseChanged;
import io.plumbline.contracts.Outcome;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.evaluation.experiment.Verdict;
import io.plumbline.evaluation.experiment.Verdicts;
import io.plumbline.evaluation.monitor.ArmTally.Counts;
import io.plumbline.evaluation.monitor.CanaryAnalysis.Arm;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.EventMetadata;
import io.plumbline.platform.event.OnEvent;
import io.plumbline.platform.identity.Caller;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Where the guards stand: hears of canaries and of what their arms answer, in whichever order, and
 * issues at most one verdict on each.
 */
@Component
public class CanaryMonitor {

  private static final String CANARY = "CANARY";

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
    boolean canary = event.state().equals(CANARY);
    if (!canary && guards.find(event.releaseId()).isEmpty()) {
      return;
    }
    Guard guard = guards.hold(event.releaseId(), event.application(), event.environment(), now());
    if (metadata.aggregateVersion() <= guard.version()) {
      return;
    }
    Guard.State state =
        guard.state() == Guard.State.WATCHING && !canary ? Guard.State.ENDED : guard.state();
    judge(
        new Guard(
            guard.releaseId(),
            guard.application(),
            guard.environment(),
            event.variantDigest(),
            canary ? Integer.valueOf(event.percent()) : guard.percent(),
            state,
            guard.watch(),
            metadata.aggregateVersion(),
            guard.verdictId(),
            guard.beganAt()));
  }

  @OnEvent
  public void on(ArmReported event) {
    Optional<Arm> arm =
        Arrays.stream(Arm.values()).filter(a -> a.name().equalsIgnoreCase(event.arm())).findFirst();
    if (arm.isEmpty()) {
      return;
    }
    Guard guard = guards.hold(event.releaseId(), event.application(), event.environment(), now());
    if (guard.state() != Guard.State.WATCHING) {
      return;
    }
    CanaryAnalysis watch =
        guard
            .watch()
            .reported(
                arm.get(),
                new Counts(
                    event.requests(),
                    event.errors(),
                    event.feedback(),
                    event.feedback() - event.correct()));
    judge(
        new Guard(
            guard.releaseId(),
            guard.application(),
            guard.environment(),
            arm.get() == Arm.CANARY ? event.variantDigest() : guard.candidateDigest(),
            guard.percent(),
            guard.state(),
            watch,
            guard.version(),
            guard.verdictId(),
            guard.beganAt()));
  }

  private void judge(Guard guard) {
    Optional<CanaryAnalysis.Finding> finding =
        guard.state() == Guard.State.WATCHING && guard.candidateDigest() != null
            ? guard.watch().finding(settings, guard.percent())
            : Optional.empty();
    guards.save(finding.map(found -> spoken(guard, found)).orElse(guard));
  }

  private Guard spoken(Guard guard, CanaryAnalysis.Finding finding) {
    if (guard.candidateDigest() == null) {
      throw new IllegalStateException("A guard without a candidate has nothing to judge");
    }
    Verdict verdict =
        new Verdict(
            Ids.next(),
            VerdictKind.CANARY,
            guard.application(),
            null,
            guard.candidateDigest(),
            null,
            null,
            null,
            guard.releaseId(),
            0,
            finding.outcome(),
            finding.reasons(),
            List.of(),
            Caller.SYSTEM,
            now());
    verdicts.issue(verdict);
    return new Guard(
        guard.releaseId(),
        guard.application(),
        guard.environment(),
        guard.candidateDigest(),
        guard.percent(),
        finding.outcome() == Outcome.FAIL ? Guard.State.FAILED : Guard.State.PASSED,
        guard.watch(),
        guard.version(),
        verdict.verdictId(),
        guard.beganAt());
  }

  /** As the database keeps it, so that what is answered now equals what is read later. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
