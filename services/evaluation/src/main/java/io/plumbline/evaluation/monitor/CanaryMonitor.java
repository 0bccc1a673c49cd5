package io.plumbline.evaluation.monitor;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.CanaryCompared;
import io.plumbline.contracts.EventTypes;
import io.plumbline.contracts.InferenceEvent.ArmReported;
import io.plumbline.contracts.InferenceEvent.ReleaseChanged;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.contracts.state.ReleaseState;
import io.plumbline.evaluation.experiment.Judgement;
import io.plumbline.evaluation.experiment.Verdict;
import io.plumbline.evaluation.experiment.Verdicts;
import io.plumbline.evaluation.monitor.CanaryAnalysis.Arm;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.DeadLetters.EventDeadLettered;
import io.plumbline.platform.event.EventMetadata;
import io.plumbline.platform.event.OnEvent;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Receives release changes and arm reports, in either order, and issues at most one verdict on each
 * canary.
 */
@Component
public class CanaryMonitor {

  /** The beginning of the subject of an arm's report: its release and its arm. */
  private static final Pattern SUBJECT =
      Pattern.compile("(\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12})/([a-z]+)");

  private final CanaryGuards canaryGuards;
  private final Verdicts verdicts;
  private final Outbox outbox;
  private final CanarySettings settings;
  private final Clock clock;

  CanaryMonitor(
      CanaryGuards canaryGuards,
      Verdicts verdicts,
      Outbox outbox,
      CanarySettings settings,
      Clock clock) {
    this.canaryGuards = canaryGuards;
    this.verdicts = verdicts;
    this.outbox = outbox;
    this.settings = settings;
    this.clock = clock;
  }

  @OnEvent
  public void on(ReleaseChanged event, EventMetadata metadata) {
    if (event.state() != ReleaseState.CANARY && canaryGuards.find(event.releaseId()).isEmpty()) {
      return;
    }
    CanaryGuard canaryGuard =
        canaryGuards.lockOrCreate(
            event.releaseId(), event.application(), event.environment(), clock.instant());
    if (metadata.aggregateVersion() > canaryGuard.version()) {
      decideIfDue(canaryGuard.withRelease(event, metadata.aggregateVersion()));
    }
  }

  @OnEvent
  public void on(ArmReported event) {
    Optional<Arm> arm = Arm.ofName(event.arm());
    if (arm.isEmpty()) {
      return;
    }
    CanaryGuard canaryGuard =
        canaryGuards.lockOrCreate(
            event.releaseId(), event.application(), event.environment(), clock.instant());
    if (canaryGuard.state() == CanaryGuard.State.RUNNING) {
      decideIfDue(canaryGuard.withReport(arm.get(), event));
    }
  }

  /**
   * Halts the canary of a report that could not be applied. The report is missing from the counts,
   * so the guard is blind. Before the guard exists nothing is lost, since later reports under the
   * same key become dead letters too.
   */
  @EventListener
  public void on(EventDeadLettered letter) {
    if (!EventTypes.typesOf(ArmReported.class).contains(letter.event().type())) {
      return;
    }
    Matcher subject = SUBJECT.matcher(letter.event().subject());
    if (!subject.lookingAt() || Arm.ofName(subject.group(2)).isEmpty()) {
      return;
    }
    canaryGuards
        .lockIfKnown(UUID.fromString(subject.group(1)))
        .filter(canaryGuard -> canaryGuard.state() == CanaryGuard.State.RUNNING)
        .ifPresent(canaryGuard ->
            decideIfDue(
                canaryGuard.withUnreadableReason(
                    "A report of the %s arm could not be applied: %s"
                        .formatted(subject.group(2), letter.cause()))));
  }

  private void decideIfDue(CanaryGuard canaryGuard) {
    Optional<CanaryAnalysis.Decision> due = canaryGuard.decision(settings);
    boolean harmful = due.filter(decision -> decision.outcome() != Outcome.PASS).isPresent();
    boolean compared = recordIfCompared(canaryGuard, harmful);
    canaryGuards.save(
        due
            // A guard that passed counts no more, so it passes with the planned answers only.
            .filter(decision -> decision.outcome() != Outcome.PASS || compared)
            .map(decision ->
                canaryGuard.withVerdict(issue(canaryGuard, decision), decision.outcome()))
            .orElse(canaryGuard));
  }

  /**
   * Records that the comparison has as many answers as the release registered, unless harm is
   * shown.
   *
   * @param harmful whether the guard halts the canary now
   * @return whether it has as many, or the release registered none
   */
  private boolean recordIfCompared(CanaryGuard canaryGuard, boolean harmful) {
    Optional<Integer> planned = canaryGuards.plannedAnswers(canaryGuard.releaseId());
    if (planned.isEmpty()) {
      return true;
    }
    Digest candidate = canaryGuard.candidateDigest();
    Digest control = canaryGuard.analysis().controlVariant();
    long answers = canaryGuard.analysis().comparedAnswers();
    if (candidate == null || control == null || answers < planned.get()) {
      return false;
    }
    if (canaryGuard.state() != CanaryGuard.State.RUNNING || harmful) {
      return false;
    }
    CanaryCompared compared =
        new CanaryCompared(
            canaryGuard.releaseId(),
            canaryGuard.application(),
            canaryGuard.environment(),
            candidate,
            control,
            answers,
            planned.get());
    if (canaryGuards.addComparison(compared)) {
      outbox.append(compared, canaryGuard.releaseId() + "/compared/" + control, 1);
    }
    return true;
  }

  private UUID issue(CanaryGuard canaryGuard, CanaryAnalysis.Decision decision) {
    Verdict verdict =
        new Verdict(
            Ids.next(),
            VerdictKind.CANARY,
            canaryGuard.application(),
            verdicts.nextSequence(canaryGuard.application()),
            null,
            Objects.requireNonNull(canaryGuard.candidateDigest()),
            null,
            null,
            null,
            null,
            null,
            null,
            canaryGuard.releaseId(),
            0,
            new Judgement(decision.outcome(), List.of(), decision.reasons()),
            Caller.SYSTEM,
            clock.instant(),
            null,
            null,
            null,
            null);
    verdicts.issue(verdict);
    return verdict.verdictId();
  }
}
