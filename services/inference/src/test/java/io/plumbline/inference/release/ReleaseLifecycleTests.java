package io.plumbline.inference.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.plumbline.contracts.ActionDenied;
import io.plumbline.contracts.ComplianceEvent.ApprovalDecided;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.VerdictIssued;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.contracts.state.Decision;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.contracts.state.ReleaseState;
import io.plumbline.inference.InferenceProblem;
import io.plumbline.inference.InferenceTest;
import io.plumbline.inference.variant.Variant;
import io.plumbline.inference.variant.VariantCatalog;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.EventHandlers;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.TestEventClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Tests the promotion rules with real locks and constraints; each test has its own workspace. */
class ReleaseLifecycleTests extends InferenceTest {

  /** The answers that the releases register for their canaries. */
  private static final int ANSWERS = 500;

  private record Snapshot(ReleaseState state, @Nullable UUID previous, @Nullable String reason) {}

  @Autowired ReleaseLifecycle lifecycle;
  @Autowired EventHandlers handlers;
  @Autowired Releases releases;
  @Autowired VariantCatalog variants;
  @Autowired Environments environments;
  @Autowired PlatformTransactionManager transactions;
  @Autowired TestEventClient events;
  @Autowired JsonMapper json;
  @Autowired JdbcClient sql;

  private GovernedApplication application;

  @BeforeEach
  void govern() {
    application =
        GovernedApplication.open(
            new GovernedApplication.Receivers(handlers, variants, transactions));
  }

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

    compare(second, first);
    run(() -> lifecycle.promote(second, "it is better", null));

    assertThat(read(first).state()).isEqualTo(ReleaseState.SUPERSEDED);
    assertThat(read(second)).isEqualTo(new Snapshot(ReleaseState.ACTIVE, first, "it is better"));
    assertThat(read(third)).isEqualTo(new Snapshot(ReleaseState.CANARY, second, null));
  }

  @Test
  void a_canary_is_promoted_with_the_comparison_that_its_release_registered_alone() {
    UUID first = active();
    UUID second = requested(20);
    approve(second);
    assertProblem(
        () -> lifecycle.promote(second, "it is better", null), InferenceProblem.CANARY_EVIDENCE);

    compare(second, first);
    run(() -> lifecycle.promote(second, "it is better", null));

    assertThat(read(second)).isEqualTo(new Snapshot(ReleaseState.ACTIVE, first, "it is better"));
  }

  @Test
  void a_comparison_with_what_no_longer_serves_promotes_nothing() {
    UUID first = active();
    UUID second = active();
    UUID canary = requested(20);
    approve(canary);
    compare(canary, second);
    run(() -> lifecycle.rollBack(second, "it is wrong", true));
    assertThat(read(first).state()).isEqualTo(ReleaseState.ACTIVE);

    assertProblem(
        () -> lifecycle.promote(canary, "it is better", null), InferenceProblem.CANARY_EVIDENCE);
  }

  @Test
  void a_second_person_promotes_a_canary_without_its_evidence_and_the_reason_is_recorded() {
    UUID first = active();
    UUID second = requested(20);
    approve(second);
    String override = "the former model is shut down";
    String requester = application.call(() -> releases.findById(second).orElseThrow().requester());
    assertThatThrownBy(
            () -> as(requester, () -> lifecycle.promote(second, "it is better", override)))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> assertThat(problem.type()).isEqualTo(InferenceProblem.CANARY_EVIDENCE));

    as("sam", () -> lifecycle.promote(second, "it is better", override));

    assertThat(read(second).state()).isEqualTo(ReleaseState.ACTIVE);
    assertThat(read(second).reason())
        .isEqualTo(
            "it is better; promoted without a comparison of %d answers of the canary with release"
                    .formatted(ANSWERS)
                + " %s, which shows no harm: %s".formatted(first, override));
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
  void a_guard_that_gave_up_halts_its_canary() {
    active();
    UUID second = requested(20);
    approve(second);

    issue(second, VerdictKind.CANARY, Outcome.INCONCLUSIVE);

    assertThat(read(second).state()).isEqualTo(ReleaseState.HALTED);
    assertThat(read(second).reason()).isEqualTo("canary analysis gave up: slower; wrong");
  }

  @Test
  void only_a_canary_verdict_that_did_not_pass_halts_a_canary() {
    UUID first = active();
    UUID second = requested(20);
    approve(second);

    issue(second, VerdictKind.CANARY, Outcome.PASS);
    issue(second, VerdictKind.RELEASE, Outcome.FAIL);
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
    run(() -> lifecycle.rollBack(third, "stop", false));

    assertThat(read(third).state()).isEqualTo(ReleaseState.HALTED);
    assertThat(read(fourth).state()).isEqualTo(ReleaseState.ACTIVE);
  }

  @Test
  void every_release_that_waits_starts_in_turn_when_the_canary_ends() {
    active();
    UUID canary = requested(20);
    approve(canary);
    UUID second = requested(0);
    approve(second);
    UUID third = requested(0);
    approve(third);

    run(() -> lifecycle.halt(canary, "stop"));

    assertThat(read(second).state()).isEqualTo(ReleaseState.SUPERSEDED);
    assertThat(read(third).state()).isEqualTo(ReleaseState.ACTIVE);
  }

  /** Ends as HALTED, which is evidence against the variant that a rollback must not avoid. */
  @Test
  void to_roll_back_a_canary_is_to_halt_it_with_the_reason() {
    UUID first = active();
    UUID second = requested(20);
    approve(second);

    run(() -> lifecycle.rollBack(second, "it is worse", false));

    assertThat(read(second)).isEqualTo(new Snapshot(ReleaseState.HALTED, first, "it is worse"));
    assertThat(read(first).state()).isEqualTo(ReleaseState.ACTIVE);
  }

  @Test
  void a_rollback_resumes_the_former_release() {
    UUID first = active();
    UUID second = requested(0);
    approve(second);

    run(() -> lifecycle.rollBack(second, "it is worse", false));

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
        () -> lifecycle.rollBack(first, "back", false), InferenceProblem.NOTHING_TO_ROLL_BACK_TO);
    assertThat(read(first).state()).isEqualTo(ReleaseState.ACTIVE);
  }

  @Test
  void only_a_canary_can_be_promoted_or_halted() {
    UUID first = active();

    assertProblem(() -> lifecycle.promote(first, "go", null), InferenceProblem.RELEASE_STATE);
    assertProblem(() -> lifecycle.halt(first, "stop"), InferenceProblem.RELEASE_STATE);
  }

  @Test
  void a_failure_after_the_request_blocks_the_approved_release() {
    UUID release = requested(0);
    UUID failed = application.issue(variantOf(release), Outcome.FAIL);

    approve(release);

    String why = "verdict %s of kind RELEASE is FAIL: accuracy".formatted(failed);
    assertThat(read(release)).isEqualTo(new Snapshot(ReleaseState.BLOCKED, null, why));
    assertThat(denials(release))
        .containsExactly(
            new ActionDenied(
                "approval.decided",
                "/api/releases/" + release,
                409,
                "verdict-failed",
                List.of(why)));
    approve(release);
    assertThat(read(release).state()).isEqualTo(ReleaseState.BLOCKED);
  }

  @Test
  void stricter_criteria_after_the_request_block_the_approved_release() {
    UUID release = requested(0);
    Digest stricter = application.registerCriteria("stricter");

    approve(release);

    assertThat(read(release).state()).isEqualTo(ReleaseState.BLOCKED);
    assertThat(read(release).reason()).contains("under the criteria in force, " + stricter);
  }

  @Test
  void a_stricter_policy_after_the_request_blocks_the_approved_release() {
    UUID release = requested(0);
    application.activate(
        "[{\"name\":\"canary\",\"expression\":\"release.canaryPercent > 0\",\"message\":\"Use a"
            + " canary.\"}]");

    approve(release);

    assertThat(read(release)).isEqualTo(new Snapshot(ReleaseState.BLOCKED, null, "Use a canary."));
  }

  @Test
  void a_release_that_waited_is_blocked_when_its_evidence_was_superseded_meanwhile() {
    active();
    UUID second = requested(20);
    approve(second);
    UUID third = requested(0);
    approve(third);
    UUID fourth = requested(0);
    approve(fourth);
    application.issue(variantOf(third), Outcome.FAIL);

    run(() -> lifecycle.halt(second, "stop"));

    assertThat(read(third).state()).isEqualTo(ReleaseState.BLOCKED);
    assertThat(read(fourth).state()).isEqualTo(ReleaseState.ACTIVE);
  }

  @Test
  void a_canary_whose_evidence_was_superseded_is_not_promoted() {
    UUID first = active();
    UUID second = requested(20);
    approve(second);
    application.registerCriteria("stricter");

    assertProblem(
        () -> lifecycle.promote(second, "go", null), InferenceProblem.RELEASE_WITHOUT_VERDICT);

    assertThat(read(second).state()).isEqualTo(ReleaseState.CANARY);
    assertThat(read(first).state()).isEqualTo(ReleaseState.ACTIVE);
  }

  @Test
  void an_override_holds_for_the_verdict_that_was_overridden_and_for_no_later_one() {
    Variant variant = application.variant();
    UUID failed = application.issue(variant, Outcome.FAIL);
    UUID accepted = requested(variant, failed, "we accept the risk", 0);
    approve(accepted);
    assertThat(read(accepted).state()).isEqualTo(ReleaseState.ACTIVE);
    active();
    UUID again = requested(variant, failed, "we accept the risk", 0);
    application.issue(variant, Outcome.FAIL);

    approve(again);

    assertThat(read(again).state()).isEqualTo(ReleaseState.BLOCKED);
  }

  @Test
  void nobody_changes_what_was_requested_or_how_it_ended() {
    UUID ended = requested(0);
    decide(ended, variant(ended), Decision.REJECTED);

    for (String change :
        List.of(
            "UPDATE release SET verdict_id = gen_random_uuid()",
            "UPDATE release SET variant_digest = ''",
            "UPDATE release SET requester = 'ben'",
            "DELETE FROM release",
            "UPDATE verdict_projection SET outcome = 'PASS'",
            "DELETE FROM verdict_projection")) {
      assertThatThrownBy(() -> run(() -> sql.sql(change).update()))
          .rootCause()
          .hasMessageStartingWith("ERROR: permission denied for table");
      assertThatThrownBy(() -> EmbeddedServers.executeAsSuperuser("inference", change))
          .hasMessageContaining("append-only");
    }
    String revive = "UPDATE release SET state = 'ACTIVE' WHERE release_id = '" + ended + "'";
    assertThatThrownBy(() -> run(() -> sql.sql(revive).update()))
        .rootCause()
        .hasMessageContaining("a row of release that is REJECTED is final");
  }

  @Test
  void a_rollback_to_what_the_gate_still_releases_takes_a_reason_only() {
    UUID first = active();
    UUID second = requested(0);
    approve(second);

    run(() -> lifecycle.rollBack(second, "it is worse", false));

    assertThat(read(first).reason())
        .isEqualTo("release " + second + " was rolled back: it is worse");
  }

  @Test
  void a_rollback_says_what_stands_against_its_target_and_wants_that_acknowledged() {
    UUID first = active();
    Variant former = variantOf(first);
    UUID second = requested(0);
    approve(second);
    UUID failed = application.issue(former, Outcome.FAIL);
    String against = "verdict %s of kind RELEASE is FAIL: accuracy".formatted(failed);

    assertThatThrownBy(() -> run(() -> lifecycle.rollBack(second, "it is worse", false)))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.type()).isEqualTo(InferenceProblem.ROLLBACK_UNACKNOWLEDGED);
              assertThat(problem.type().isRecorded()).isTrue();
              assertThat(problem.missing()).containsExactly(against);
            });
    assertThat(read(second).state()).isEqualTo(ReleaseState.ACTIVE);

    run(() -> lifecycle.rollBack(second, "it is worse", true));

    assertThat(read(first).state()).isEqualTo(ReleaseState.ACTIVE);
    assertThat(read(first).reason())
        .isEqualTo(
            "release %s was rolled back: it is worse; acknowledged against what serves again: %s"
                .formatted(second, against));
  }

  @Test
  void new_criteria_stand_against_the_target_of_a_rollback_too() {
    active();
    UUID second = requested(0);
    approve(second);
    application.registerCriteria("stricter");

    assertProblem(
        () -> lifecycle.rollBack(second, "it is worse", false),
        InferenceProblem.ROLLBACK_UNACKNOWLEDGED);
  }

  @Test
  void a_canary_is_rolled_back_whatever_stands_against_the_release_that_goes_on() {
    UUID first = active();
    UUID second = requested(20);
    approve(second);
    application.registerCriteria("stricter");

    run(() -> lifecycle.rollBack(second, "it is worse", false));

    assertThat(read(first).state()).isEqualTo(ReleaseState.ACTIVE);
  }

  @Test
  void its_requester_withdraws_a_request_and_a_later_approval_leaves_it_rejected() {
    UUID release = requestedBy("ada");

    as("ada", () -> lifecycle.withdraw(release, "the wrong variant"));
    approve(release);

    assertThat(read(release))
        .isEqualTo(
            new Snapshot(
                ReleaseState.REJECTED, null, "withdrawn by its requester: the wrong variant"));
    assertThat(application.call(() -> lifecycle.findActive(GovernedApplication.NAME, "production")))
        .isEmpty();
    String revive = "UPDATE release SET state = 'REQUESTED' WHERE release_id = '" + release + "'";
    assertThatThrownBy(() -> run(() -> sql.sql(revive).update()))
        .rootCause()
        .hasMessageContaining("a row of release that is REJECTED is final");
  }

  @Test
  void nobody_withdraws_what_another_requested() {
    UUID release = requestedBy("ada");

    assertThatThrownBy(() -> as("ben", () -> lifecycle.withdraw(release, "not mine")))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> assertThat(problem.type()).isEqualTo(InferenceProblem.NOT_THE_REQUESTER));

    assertThat(read(release).state()).isEqualTo(ReleaseState.REQUESTED);
  }

  @Test
  void what_is_decided_or_serves_is_not_withdrawn() {
    UUID first = active();
    UUID canary = requested(20);
    approve(canary);
    UUID waiting = requested(0);
    approve(waiting);
    UUID rejected = requested(0);
    decide(rejected, variant(rejected), Decision.REJECTED);

    for (UUID decided : List.of(first, canary, waiting, rejected)) {
      ReleaseState before = read(decided).state();
      assertThatThrownBy(() -> run(() -> lifecycle.withdraw(decided, "too late")))
          .isInstanceOfSatisfying(
              Problem.class,
              problem -> assertThat(problem.type()).isEqualTo(InferenceProblem.RELEASE_STATE))
          .hasMessageMatching(
              "The release has been "
                  + before
                  + " since 20.*Z\\. Only a request that nobody has decided can be withdrawn\\.");
      assertThat(read(decided).state()).isEqualTo(before);
    }
  }

  @Test
  void a_word_that_is_no_environment_is_refused_with_those_that_are() {
    assertThatThrownBy(() -> requestedIn("prod"))
        .isInstanceOfSatisfying(
            Problem.class,
            problem ->
                assertThat(problem.errors())
                    .containsExactly(
                        new Problem.FieldError(
                            "/environment",
                            "must be an environment of application mail: production, staging,"
                                + " development. 'prod' is none of them. An operator can add it in"
                                + " plumbline.releases.environments.")));
    for (String known : List.of("production", "staging", "development")) {
      assertThat(read(requestedIn(known)).state()).isEqualTo(ReleaseState.REQUESTED);
    }
  }

  /** Inserts a release from before there was a list of environments. */
  @Test
  void an_environment_that_an_application_has_already_stays_one_of_its_own() {
    insertReleaseIn("prod", ReleaseState.SUPERSEDED);
    insertReleaseIn("prdo", ReleaseState.REJECTED);

    assertThat(application.call(() -> environments.allowedForApplication(GovernedApplication.NAME)))
        .containsExactly("production", "staging", "development", "prod");
    assertThat(application.call(() -> environments.allowedForApplication("another")))
        .containsExactly("production", "staging", "development");
    assertThat(read(requestedIn("prod")).state()).isEqualTo(ReleaseState.REQUESTED);
    assertThatThrownBy(() -> requestedIn("prdo")).isInstanceOf(Problem.class);
  }

  @Test
  void the_variant_that_serves_is_not_requested_again_in_its_environment() {
    UUID first = active();
    Variant serving = variantOf(first);
    UUID passed = application.issue(serving, Outcome.PASS);

    for (int canaryPercent : List.of(0, 20)) {
      assertThatThrownBy(() -> requested(serving, passed, null, canaryPercent))
          .isInstanceOfSatisfying(
              Problem.class,
              problem -> assertThat(problem.type()).isEqualTo(InferenceProblem.ALREADY_SERVING))
          .hasMessageMatching(
              "Variant "
                  + serving.digest()
                  + " has served mail in production since 20.*Z, by release "
                  + first
                  + "\\. Release another variant\\.");
    }
    assertThat(read(requestedIn("staging", serving, passed)).state())
        .isEqualTo(ReleaseState.REQUESTED);
  }

  @Test
  void a_variant_that_serves_by_an_override_is_requested_again_once_it_passes() {
    Variant variant = application.variant();
    UUID failed = application.issue(variant, Outcome.FAIL);
    UUID overridden = requested(variant, failed, "we accept the risk", 0);
    approve(overridden);
    assertThatThrownBy(() -> requested(variant, failed, "we accept it again", 0))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> assertThat(problem.type()).isEqualTo(InferenceProblem.ALREADY_SERVING));

    UUID passing = requested(variant, application.issue(variant, Outcome.PASS), null, 0);
    approve(passing);

    assertThat(read(passing)).isEqualTo(new Snapshot(ReleaseState.ACTIVE, overridden, null));
  }

  @Test
  void a_variant_that_was_replaced_or_rolled_back_is_requested_again() {
    UUID first = active();
    UUID second = requested(0);
    approve(second);

    UUID again = requested(variantOf(first), verdictOf(first), null, 0);
    assertThat(read(again).state()).isEqualTo(ReleaseState.REQUESTED);
    run(() -> lifecycle.rollBack(second, "it is worse", false));
    approve(again);

    assertThat(read(again).state()).isEqualTo(ReleaseState.BLOCKED);
    assertThat(read(again).reason()).contains("has served mail in production since");
    assertThat(read(requested(variantOf(second), verdictOf(second), null, 0)).state())
        .isEqualTo(ReleaseState.REQUESTED);
  }

  @Test
  void a_canary_is_requested_again_with_another_share_and_starts_only_if_it_does_not_serve() {
    UUID former = active();
    UUID canary = requested(20);
    approve(canary);
    UUID larger = requested(variantOf(canary), verdictOf(canary), null, 50);
    approve(larger);
    assertThat(read(larger).state()).isEqualTo(ReleaseState.APPROVED);

    compare(canary, former);
    run(() -> lifecycle.promote(canary, "it is better", null));

    assertThat(read(canary).state()).isEqualTo(ReleaseState.ACTIVE);
    assertThat(read(larger).state()).isEqualTo(ReleaseState.BLOCKED);
    assertThat(denials(larger))
        .extracting(ActionDenied::action, ActionDenied::problem)
        .containsExactly(tuple("release.start", "already-serving"));
  }

  /** Lets evaluation say that a canary was compared with an active release often enough. */
  private void compare(UUID canary, UUID active) {
    application.compare(canary, variant(canary), variant(active), ANSWERS);
  }

  private UUID active() {
    UUID release = requested(0);
    approve(release);
    assertThat(read(release).state()).isEqualTo(ReleaseState.ACTIVE);
    return release;
  }

  private UUID requested(int canaryPercent) {
    Variant variant = application.variant();
    UUID verdict = application.issue(variant, Outcome.PASS);
    return requested(variant, verdict, null, canaryPercent);
  }

  private UUID requested(
      Variant variant, UUID verdict, @Nullable String override, int canaryPercent) {
    return application.call(() ->
        lifecycle
            .request(
                GovernedApplication.NAME,
                "production",
                variant.digest(),
                verdict,
                override,
                canaryPercent,
                ANSWERS)
            .id());
  }

  private UUID requestedBy(String person) {
    Variant variant = application.variant();
    UUID verdict = application.issue(variant, Outcome.PASS);
    AtomicReference<@Nullable UUID> release = new AtomicReference<>();
    as(
        person,
        () ->
            release.set(
                lifecycle
                    .request(
                        GovernedApplication.NAME,
                        "production",
                        variant.digest(),
                        verdict,
                        null,
                        0,
                        ANSWERS)
                    .id()));
    return Objects.requireNonNull(release.get());
  }

  private UUID requestedIn(String environment) {
    Variant variant = application.variant();
    return requestedIn(environment, variant, application.issue(variant, Outcome.PASS));
  }

  private UUID requestedIn(String environment, Variant variant, UUID verdict) {
    return application.call(() ->
        lifecycle
            .request(
                GovernedApplication.NAME, environment, variant.digest(), verdict, null, 0, ANSWERS)
            .id());
  }

  private void insertReleaseIn(String environment, ReleaseState state) {
    run(() ->
        sql.sql(
                """
                INSERT INTO release (workspace_id, release_id, application, environment, variant_digest, verdict_id,
                  canary_percent, state, requester, requested_at, changed_at, version)
                VALUES (?, ?, ?, ?, ?, ?, 0, ?, 'ada', now(), now(), 0)
                """)
            .params(
                application.workspace(),
                Ids.next(),
                GovernedApplication.NAME,
                environment,
                Digest.ofText("former").hex(),
                UUID.randomUUID(),
                state.name())
            .update());
  }

  private UUID verdictOf(UUID release) {
    return application.call(() -> releases.findById(release).orElseThrow().verdictId());
  }

  private void as(String person, Runnable work) {
    new Caller(application.workspace(), person, person, Set.of(Role.ML_ENGINEER), false)
        .run(
            () -> new TransactionTemplate(transactions).executeWithoutResult(status -> work.run()));
  }

  private Digest variant(UUID release) {
    return application.call(() -> releases.findById(release).orElseThrow().variant());
  }

  private Variant variantOf(UUID release) {
    return application.call(() -> variants.get(variant(release)).orElseThrow());
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
                "because",
                null,
                null,
                null)));
  }

  private void issue(UUID release, VerdictKind kind, Outcome outcome) {
    run(() ->
        lifecycle.on(
            new VerdictIssued(
                UUID.randomUUID(),
                kind,
                "mail",
                1,
                null,
                variant(release),
                null,
                null,
                null,
                null,
                release,
                outcome,
                List.of("slower", "wrong"),
                null,
                null)));
  }

  private List<ActionDenied> denials(UUID release) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                events.read("plumbline.inference").stream()
                    .map(message -> new String(message.value(), StandardCharsets.UTF_8))
                    .filter(value -> value.contains("\"/api/releases/" + release + "\""))
                    .map(value -> json.readValue(value, ActionDenied.class))
                    .toList(),
            found -> !found.isEmpty());
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
    application.run(work);
    application.awaitStarts(sql);
  }
}
