package io.plumbline.inference.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contracts.ComplianceEvent.ApprovalDecided;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.VerdictIssued;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.contracts.state.Decision;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.contracts.state.ReleaseState;
import io.plumbline.inference.InferenceProblem;
import io.plumbline.inference.InferenceTest;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The promotion rules, with real locks and constraints; each test has a workspace of its own. */
class ReleaseLifecycleTests extends InferenceTest {

  private record Snapshot(ReleaseState state, @Nullable UUID previous, @Nullable String reason) {}

  @Autowired ReleaseLifecycle lifecycle;
  @Autowired Releases releases;
  @Autowired PlatformTransactionManager transactions;
  @Autowired Clock clock;

  private final Caller caller = Caller.system(UUID.randomUUID());

  @Test
  void the_first_release_is_active_without_a_canary() {
    UUID first = requested(20);

    approve(first);

    assertThat(read(first))
        .isEqualTo(
            new Snapshot(
                ReleaseState.ACTIVE, null, "no canary, because nothing was released here before"));
  }

  @Test
  void without_a_canary_a_release_replaces_the_former_one() {
    UUID first = active();
    UUID second = requested(0);

    approve(second);

    assertThat(read(first).state()).isEqualTo(ReleaseState.SUPERSEDED);
    assertThat(read(second)).isEqualTo(new Snapshot(ReleaseState.ACTIVE, first, null));
  }

  @Test
  void a_canary_is_promoted_and_the_next_approved_release_starts() {
    UUID first = active();
    UUID second = requested(20);
    approve(second);
    UUID third = requested(30);
    approve(third);
    assertThat(read(second)).isEqualTo(new Snapshot(ReleaseState.CANARY, first, null));
    assertThat(read(third))
        .isEqualTo(
            new Snapshot(
                ReleaseState.APPROVED,
                null,
                "waits for the canary of release " + second + " to end"));

    run(() -> lifecycle.promote(second, "it is better"));

    assertThat(read(first).state()).isEqualTo(ReleaseState.SUPERSEDED);
    assertThat(read(second)).isEqualTo(new Snapshot(ReleaseState.ACTIVE, first, "it is better"));
    assertThat(read(third)).isEqualTo(new Snapshot(ReleaseState.CANARY, second, null));
  }

  @Test
  void a_rejected_or_expired_request_is_not_released() {
    UUID rejected = requested(0);
    UUID expired = requested(0);

    decide(rejected, variant(rejected), Decision.REJECTED);
    decide(expired, variant(expired), Decision.EXPIRED);

    assertThat(read(rejected)).isEqualTo(new Snapshot(ReleaseState.REJECTED, null, "because"));
    assertThat(read(expired).state()).isEqualTo(ReleaseState.REJECTED);
  }

  @Test
  void an_approval_of_another_variant_is_ignored() {
    UUID release = requested(0);

    decide(release, Digest.ofText("another"), Decision.APPROVED);

    assertThat(read(release).state()).isEqualTo(ReleaseState.REQUESTED);
  }

  @Test
  void a_decision_counts_once() {
    UUID release = active();

    decide(release, variant(release), Decision.REJECTED);

    assertThat(read(release).state()).isEqualTo(ReleaseState.ACTIVE);
  }

  @Test
  void only_a_failed_canary_verdict_halts_a_canary() {
    UUID first = active();
    UUID second = requested(20);
    approve(second);

    issue(second, VerdictKind.CANARY, Outcome.PASS);
    issue(second, VerdictKind.RELEASE, Outcome.FAIL);
    issue(second, VerdictKind.CANARY, Outcome.INCONCLUSIVE);
    assertThat(read(second).state()).isEqualTo(ReleaseState.CANARY);
    issue(second, VerdictKind.CANARY, Outcome.FAIL);

    assertThat(read(second))
        .isEqualTo(
            new Snapshot(ReleaseState.HALTED, first, "canary analysis failed: slower; wrong"));
    assertThat(read(first).state()).isEqualTo(ReleaseState.ACTIVE);
  }

  @Test
  void the_next_approved_release_starts_when_a_canary_is_halted_or_rolled_back() {
    active();
    UUID second = requested(20);
    approve(second);
    UUID third = requested(20);
    approve(third);
    UUID fourth = requested(0);
    approve(fourth);

    run(() -> lifecycle.halt(second, "stop"));
    assertThat(read(third).state()).isEqualTo(ReleaseState.CANARY);
    run(() -> lifecycle.rollBack(third, "stop"));

    assertThat(read(third).state()).isEqualTo(ReleaseState.ROLLED_BACK);
    assertThat(read(fourth).state()).isEqualTo(ReleaseState.ACTIVE);
  }

  @Test
  void a_rollback_resumes_the_former_release() {
    UUID first = active();
    UUID second = requested(0);
    approve(second);

    run(() -> lifecycle.rollBack(second, "it is worse"));

    assertThat(read(second).state()).isEqualTo(ReleaseState.ROLLED_BACK);
    assertThat(read(first))
        .isEqualTo(
            new Snapshot(
                ReleaseState.ACTIVE, null, "release " + second + " was rolled back: it is worse"));
  }

  @Test
  void the_first_release_cannot_be_rolled_back() {
    UUID first = active();

    assertProblem(
        () -> lifecycle.rollBack(first, "back"), InferenceProblem.NOTHING_TO_ROLL_BACK_TO);
    assertThat(read(first).state()).isEqualTo(ReleaseState.ACTIVE);
  }

  @Test
  void only_a_canary_can_be_promoted_or_halted() {
    UUID first = active();

    assertProblem(() -> lifecycle.promote(first, "go"), InferenceProblem.RELEASE_STATE);
    assertProblem(() -> lifecycle.halt(first, "stop"), InferenceProblem.RELEASE_STATE);
  }

  private UUID active() {
    UUID release = requested(0);
    approve(release);
    assertThat(read(release).state()).isEqualTo(ReleaseState.ACTIVE);
    return release;
  }

  private UUID requested(int canaryPercent) {
    UUID id = Ids.next();
    run(() ->
        releases.saveAndFlush(
            new Release(
                id,
                caller.workspace(),
                new Release.Request(
                    "mail", "production", variant(id), UUID.randomUUID(), null, canaryPercent),
                "ada",
                clock.instant())));
    return id;
  }

  private static Digest variant(UUID release) {
    return Digest.ofText(release.toString());
  }

  private void approve(UUID release) {
    decide(release, variant(release), Decision.APPROVED);
  }

  private void decide(UUID release, Digest variant, Decision decision) {
    run(() ->
        lifecycle.on(
            new ApprovalDecided(
                UUID.randomUUID(),
                UUID.randomUUID(),
                "release.requested",
                release,
                variant,
                decision,
                "ben",
                "because")));
  }

  private void issue(UUID release, VerdictKind kind, Outcome outcome) {
    run(() ->
        lifecycle.on(
            new VerdictIssued(
                UUID.randomUUID(),
                kind,
                "mail",
                null,
                variant(release),
                null,
                null,
                release,
                outcome,
                List.of("slower", "wrong"))));
  }

  private Snapshot read(UUID id) {
    List<Snapshot> found = new ArrayList<>();
    run(() -> {
      Release release = releases.findById(id).orElseThrow();
      found.add(new Snapshot(release.state(), release.previousId(), release.reason()));
    });
    return found.getFirst();
  }

  private void assertProblem(Runnable work, InferenceProblem type) {
    assertThatThrownBy(() -> run(work))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.type()).isEqualTo(type));
  }

  private void run(Runnable work) {
    caller.run(
        () -> new TransactionTemplate(transactions).executeWithoutResult(status -> work.run()));
  }
}
