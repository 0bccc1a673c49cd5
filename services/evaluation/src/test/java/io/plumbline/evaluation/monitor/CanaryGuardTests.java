package io.plumbline.evaluation.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.ArmReported;
import io.plumbline.contracts.InferenceEvent.ReleaseChanged;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.contracts.state.ReleaseState;
import io.plumbline.evaluation.monitor.ArmTally.Counts;
import io.plumbline.evaluation.monitor.CanaryAnalysis.Arm;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CanaryGuardTests {

  private static final CanarySettings SETTINGS = new CanarySettings(0.05, 20, 10, 0.001, 0);
  private static final UUID RELEASE = new UUID(0, 1);
  private static final long ABSTENTIONS = 7;
  private static final UUID EPOCH = new UUID(0, 2);
  private static final Digest CANDIDATE = Digest.ofText("candidate");
  private static final Digest FORMER = Digest.ofText("former");

  private static final CanaryGuard STARTED =
      new CanaryGuard(
          RELEASE,
          "mail-triage",
          "production",
          null,
          null,
          CanaryGuard.State.RUNNING,
          CanaryAnalysis.START,
          -1,
          null,
          Instant.EPOCH);

  private static ReleaseChanged change(ReleaseState state, int percent) {
    return new ReleaseChanged(
        RELEASE, "mail-triage", "production", CANDIDATE, FORMER, state, percent, null, 0);
  }

  private static ArmReported report(Digest variant, String arm, long requests, long errors) {
    return new ArmReported(
        RELEASE,
        "mail-triage",
        "production",
        variant,
        arm,
        "a",
        EPOCH,
        1,
        Instant.EPOCH,
        requests,
        errors,
        ABSTENTIONS,
        0,
        0,
        SampleReports.clusters(requests, errors, 0, 0),
        5,
        9);
  }

  private static CanaryGuard harmed() {
    return STARTED
        .withRelease(change(ReleaseState.CANARY, 50), 3)
        .withReport(Arm.CONTROL, report(FORMER, "control", 100, 1))
        .withReport(Arm.CANARY, report(CANDIDATE, "canary", 100, 60));
  }

  @Test
  void a_canary_names_its_candidate_and_its_share() {
    CanaryGuard canaryGuard = STARTED.withRelease(change(ReleaseState.CANARY, 10), 3);

    assertThat(canaryGuard.candidateDigest()).isEqualTo(CANDIDATE);
    assertThat(canaryGuard.percent()).isEqualTo(10);
    assertThat(canaryGuard.version()).isEqualTo(3);
    assertThat(canaryGuard.state()).isEqualTo(CanaryGuard.State.RUNNING);
  }

  @Test
  void a_release_that_leaves_its_canary_ends_the_guard() {
    CanaryGuard canaryGuard =
        STARTED
            .withRelease(change(ReleaseState.CANARY, 10), 3)
            .withRelease(change(ReleaseState.ACTIVE, 100), 4);

    assertThat(canaryGuard.state()).isEqualTo(CanaryGuard.State.ENDED);
    assertThat(canaryGuard.percent()).isEqualTo(10);
  }

  @Test
  void a_harmful_canary_is_decided_once() {
    CanaryGuard canaryGuard = harmed();
    UUID verdict = new UUID(0, 9);

    assertThat(canaryGuard.decision(SETTINGS).orElseThrow().outcome()).isEqualTo(Outcome.FAIL);
    CanaryGuard decided = canaryGuard.withVerdict(verdict, Outcome.FAIL);
    assertThat(decided.state()).isEqualTo(CanaryGuard.State.FAILED);
    assertThat(decided.verdictId()).isEqualTo(verdict);
    assertThat(decided.decision(SETTINGS)).isEmpty();
    assertThat(canaryGuard.withVerdict(verdict, Outcome.PASS).state())
        .isEqualTo(CanaryGuard.State.PASSED);
    assertThat(canaryGuard.withVerdict(verdict, Outcome.INCONCLUSIVE).state())
        .isEqualTo(CanaryGuard.State.INCONCLUSIVE);
  }

  @Test
  void a_decided_guard_is_not_ended_by_its_release() {
    assertThat(
            harmed()
                .withVerdict(new UUID(0, 9), Outcome.FAIL)
                .withRelease(change(ReleaseState.HALTED, 0), 5)
                .state())
        .isEqualTo(CanaryGuard.State.FAILED);
  }

  @Test
  void reports_may_arrive_before_the_release() {
    CanaryGuard control = STARTED.withReport(Arm.CONTROL, report(FORMER, "control", 100, 1));
    assertThat(control.candidateDigest()).isNull();
    assertThat(control.decision(SETTINGS)).isEmpty();

    CanaryGuard both = control.withReport(Arm.CANARY, report(CANDIDATE, "canary", 100, 60));

    assertThat(both.candidateDigest()).isEqualTo(CANDIDATE);
    assertThat(both.decision(SETTINGS)).isPresent();
    assertThat(both.analysis().candidate().totalCounts()).isEqualTo(new Counts(100, 60, 0, 0));
    assertThat(both.analysis().candidate().abstentions()).isEqualTo(ABSTENTIONS);
  }

  @Test
  void only_the_arms_of_a_canary_are_analysed() {
    assertThat(Arm.ofName("canary")).contains(Arm.CANARY);
    assertThat(Arm.ofName("control")).contains(Arm.CONTROL);
    assertThat(Arm.ofName("active")).isEmpty();
  }
}
