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
 * @param version of the release in the last applied event
 */
record Guard(
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

  /** The state of a guard; FAILED, PASSED and ENDED are final. */
  enum State {
    RUNNING,
    FAILED,
    PASSED,
    /** The release left the state CANARY before the guard decided. */
    ENDED
  }

  /** The guard after a change of its release; it ends when the release leaves the state CANARY. */
  Guard withRelease(ReleaseChanged change, long changeVersion) {
    boolean canary = change.state() == ReleaseState.CANARY;
    return new Guard(
        releaseId,
        application,
        environment,
        change.variantDigest(),
        canary ? Integer.valueOf(change.percent()) : percent,
        state == State.RUNNING && !canary ? State.ENDED : state,
        analysis,
        changeVersion,
        verdictId,
        startedAt);
  }

  /** The guard after a report of one of its arms. */
  Guard withReport(Arm arm, ArmReported report) {
    Counts counts =
        new Counts(
            report.requests(),
            report.errors(),
            report.feedback(),
            report.feedback() - report.correct());
    return new Guard(
        releaseId,
        application,
        environment,
        arm == Arm.CANARY ? report.variantDigest() : candidateDigest,
        percent,
        state,
        analysis.withReport(arm, counts),
        version,
        verdictId,
        startedAt);
  }

  /** The decision that is due; empty while the canary goes on or its candidate is not named. */
  Optional<CanaryAnalysis.Decision> decision(CanarySettings settings) {
    return state == State.RUNNING && candidateDigest != null
        ? analysis.decision(settings, percent)
        : Optional.empty();
  }

  /** The guard after its verdict; it decides no more. */
  Guard withVerdict(UUID issued, Outcome outcome) {
    return new Guard(
        releaseId,
        application,
        environment,
        candidateDigest,
        percent,
        outcome == Outcome.FAIL ? State.FAILED : State.PASSED,
        analysis,
        version,
        issued,
        startedAt);
  }
}
