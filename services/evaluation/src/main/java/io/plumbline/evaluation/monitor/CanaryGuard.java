package io.plumbline.evaluation.monitor;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.ArmReported;
import io.plumbline.contracts.InferenceEvent.ReleaseChanged;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.contracts.state.ReleaseState;
import io.plumbline.evaluation.monitor.ArmTally.Counts;
import io.plumbline.evaluation.monitor.CanaryAnalysis.Arm;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The guard of one canary.
 *
 * @param candidateDigest the variant under guard; absent until an event names it
 * @param percent the candidate's share of the traffic
 * @param version the version of the release in the last applied event
 */
record CanaryGuard(
    UUID releaseId,
    String application,
    String environment,
    @Nullable Digest candidateDigest,
    @Nullable Integer percent,
    State state,
    CanaryAnalysis analysis,
    long version,
    @Nullable UUID verdictId,
    Instant startedAt) {

  /** The state of a guard; all but RUNNING are final. */
  enum State {
    RUNNING,
    FAILED,
    PASSED,
    /** The state of a guard that could no longer see an arm and halted the canary. */
    INCONCLUSIVE,
    /** The state of a guard whose release left the state CANARY before it decided. */
    ENDED
  }

  /**
   * Returns the guard after a change of its release. It ends when the release leaves the state
   * CANARY.
   */
  CanaryGuard withRelease(ReleaseChanged change, long changeVersion) {
    return new CanaryGuard(
        releaseId,
        application,
        environment,
        change.variantDigest(),
        percentAfter(change),
        stateAfter(change),
        analysis,
        changeVersion,
        verdictId,
        startedAt);
  }

  private @Nullable Integer percentAfter(ReleaseChanged change) {
    if (change.state() == ReleaseState.CANARY) {
      return change.percent();
    }
    return percent;
  }

  private State stateAfter(ReleaseChanged change) {
    if (state == State.RUNNING && change.state() != ReleaseState.CANARY) {
      return State.ENDED;
    }
    return state;
  }

  /** Returns the guard after a report of one of its arms. */
  CanaryGuard withReport(Arm arm, ArmReported report) {
    Counts counts =
        new Counts(
            report.requests(),
            report.errors(),
            report.feedback(),
            report.feedback() - report.correct());
    return with(
        arm == Arm.CANARY ? report.variantDigest() : candidateDigest,
        state,
        analysis.withReport(
            arm,
            report.variantDigest(),
            ArmTally.epochKey(report.instance(), report.epoch()),
            new ArmTally.Report(
                report.sequence(),
                counts,
                report.abstentions(),
                report.clusters().stream().map(CanaryGuard::countsOf).toList())),
        verdictId);
  }

  private static Counts countsOf(ArmReported.Cluster cluster) {
    return new Counts(
        cluster.requests(),
        cluster.errors(),
        cluster.feedback(),
        cluster.feedback() - cluster.correct());
  }

  /**
   * Returns the guard after a report that could not be applied, without which the guard can no
   * longer see the arm.
   */
  CanaryGuard withUnreadableReason(String why) {
    return with(candidateDigest, state, analysis.withUnreadableReason(why), verdictId);
  }

  /** Returns the due decision; empty while the canary goes on or its candidate is not named. */
  Optional<CanaryAnalysis.Decision> decision(CanarySettings settings) {
    if (state != State.RUNNING || candidateDigest == null) {
      return Optional.empty();
    }
    return analysis.decision(settings, percent);
  }

  /** Returns the guard after its verdict; it makes no further decision. */
  CanaryGuard withVerdict(UUID issued, Outcome outcome) {
    return with(
        candidateDigest,
        switch (outcome) {
          case FAIL -> State.FAILED;
          case PASS -> State.PASSED;
          case INCONCLUSIVE -> State.INCONCLUSIVE;
        },
        analysis,
        issued);
  }

  private CanaryGuard with(
      @Nullable Digest candidate, State next, CanaryAnalysis seen, @Nullable UUID verdict) {
    return new CanaryGuard(
        releaseId,
        application,
        environment,
        candidate,
        percent,
        next,
        seen,
        version,
        verdict,
        startedAt);
  }
}
