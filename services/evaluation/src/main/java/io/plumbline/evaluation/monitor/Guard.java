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

  /** The state of a guard; all but RUNNING are final. */
  enum State {
    RUNNING,
    FAILED,
    PASSED,
    /** It could no longer see an arm, and had the canary halted. */
    INCONCLUSIVE,
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
    Counts loudest =
        new Counts(
            0, 0, report.topDissenterFeedback(), report.topDissenterFeedback() - report.topDissenterCorrect());
    return with(
        arm == Arm.CANARY ? report.variantDigest() : candidateDigest,
        state,
        analysis.withReport(
            arm,
            ArmTally.key(report.instance(), report.epoch()),
            new ArmTally.Report(
                report.sequence(), counts, report.abstentions(), report.dissentingCallers(), loudest)),
        verdictId);
  }

  /** The guard after a report that could not be applied: it no longer sees the arm. */
  Guard withUnreadable(String why) {
    return with(candidateDigest, state, analysis.unreadable(why), verdictId);
  }

  /** The decision that is due; empty while the canary goes on or its candidate is not named. */
  Optional<CanaryAnalysis.Decision> decision(CanarySettings settings) {
    return state == State.RUNNING && candidateDigest != null
        ? analysis.decision(settings, percent)
        : Optional.empty();
  }

  /** The guard after its verdict; it decides no more. */
  Guard withVerdict(UUID issued, Outcome outcome) {
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

  private Guard with(
      @Nullable Digest candidate, State next, CanaryAnalysis seen, @Nullable UUID verdict) {
    return new Guard(
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
