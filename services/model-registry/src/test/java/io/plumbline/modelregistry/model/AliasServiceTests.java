package io.plumbline.modelregistry.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.plumbline.contracts.ComplianceEvent.ApprovalDecided;
import io.plumbline.contracts.CriteriaPurpose;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.ModelRegistryEvent.AliasMoveRequested;
import io.plumbline.contracts.ModelRegistryEvent.AliasMoved;
import io.plumbline.contracts.state.Decision;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.contracts.state.ReleaseState;
import io.plumbline.modelregistry.EvidenceFixture;
import io.plumbline.modelregistry.model.AliasMove.Kind;
import io.plumbline.modelregistry.model.AliasMove.State;
import io.plumbline.platform.event.EventHandlers;
import io.plumbline.platform.event.EventMetadata;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.platform.test.Workspaces;
import io.plumbline.platform.web.PageRequest;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The rules of aliases on a real database, with a model of three versions for each test. */
@PlumblineTest
class AliasServiceTests {

  /** A workspace for these tests alone: others would take their rows without events for a loss. */
  private static final UUID WORKSPACE = UUID.randomUUID();

  @Autowired AliasService aliases;
  @Autowired Models models;
  @Autowired ModelVersions versions;
  @Autowired EventHandlers handlers;
  @Autowired TestEventClient events;
  @Autowired JdbcClient sql;
  @Autowired PlatformTransactionManager transactions;

  private final String name = "aliases-" + UUID.randomUUID();
  private final String application = "of-" + name;
  private long received;
  private long sequence;

  @BeforeEach
  void registerThreeVersions() {
    as(
        "ada",
        () -> {
          Model model =
              new Model(UUID.randomUUID(), WORKSPACE, name, "", "ada", TestVersions.REGISTERED);
          for (int number = 1; number <= 3; number++) {
            model.nextVersionNumber();
          }
          Model saved = models.saveAndFlush(model);
          for (int number = 1; number <= 3; number++) {
            versions.add(saved.id(), TestVersions.version(name, number));
          }
          return saved;
        });
    as(
        "ada",
        () -> {
          handlers.handle(EvidenceFixture.criteria(application, 1), metadata());
          for (int number = 1; number <= 3; number++) {
            handlers.handle(EvidenceFixture.variant(application, artifact(number)), metadata());
            judged(number, 1, Outcome.PASS);
          }
          return application;
        });
  }

  @Test
  void an_unprotected_alias_moves_at_once() {
    assertThat(move("challenger", 2)).isInstanceOf(AliasService.Outcome.Moved.class);
    assertThat(version("challenger")).isEqualTo(2);
    assertThat(history("challenger"))
        .extracting(AliasMove::kind, AliasMove::state, AliasMove::from, AliasMove::to)
        .containsExactly(tuple(Kind.DIRECT, State.MOVED, null, 2));
    assertThat(events.awaitPublished(AliasMoved.class, event -> event.model().equals(name)))
        .isEqualTo(new AliasMoved(name, "challenger", null, 2, artifact(2), null, null));
  }

  @Test
  void a_move_to_where_the_alias_points_changes_nothing() {
    move("challenger", 2);
    assertThat(move("challenger", 2)).isInstanceOf(AliasService.Outcome.AlreadyThere.class);
    assertThat(history("challenger")).hasSize(1);
  }

  @Test
  void a_protected_alias_waits_for_a_second_person() {
    AliasMove requested = requested("champion", 1);
    assertThat(requested.state()).isEqualTo(State.REQUESTED);
    assertThat(version("champion")).isZero();
    assertThat(events.awaitPublished(AliasMoveRequested.class, event -> event.model().equals(name)))
        .isEqualTo(
            new AliasMoveRequested(
                requested.aliasMoveId(),
                name,
                "champion",
                null,
                1,
                artifact(1),
                "ada",
                "ada",
                List.of("ada", "dan")));
  }

  @Test
  void criteria_of_refreshes_replace_none_of_those_that_models_are_judged_by() {
    verdicts(() ->
        handlers.handle(
            EvidenceFixture.criteria(application, 2, CriteriaPurpose.REFRESH), metadata()));

    assertThat(requested("champion", 1).state()).isEqualTo(State.REQUESTED);
  }

  @Test
  void a_verdict_by_former_criteria_makes_no_champion() {
    verdicts(() -> handlers.handle(EvidenceFixture.criteria(application, 2), metadata()));

    Problem unproved = refused(() -> move("champion", 1));
    assertThat(unproved.type()).isEqualTo(ModelProblem.NO_VERDICT);
    assertThat(unproved.type().isRecorded()).isTrue();
    assertThat(history("champion")).isEmpty();
  }

  @Test
  void a_later_failure_supersedes_a_pass() {
    verdicts(() -> judged(1, 1, Outcome.FAIL));

    assertThat(refused(() -> move("champion", 1)).type()).isEqualTo(ModelProblem.NO_VERDICT);
  }

  @Test
  void a_verdict_on_another_model_says_nothing() {
    verdicts(() -> judged(1, 1, Outcome.INCONCLUSIVE));

    assertThat(refused(() -> move("champion", 1)).missing())
        .containsExactly(
            "a PASS verdict by the criteria in force on a variant with " + name + "@1");
    assertThat(move("champion", 2)).isInstanceOf(AliasService.Outcome.Requested.class);
  }

  /** Clocks of replicas differ and topics have no mutual order, so only the number counts. */
  @Test
  void a_failure_of_a_smaller_number_that_arrives_later_supersedes_nothing() {
    verdicts(() -> {
      handlers.handle(
          EvidenceFixture.verdict(application, 20, 1, artifact(1), Outcome.PASS), metadata());
      handlers.handle(
          EvidenceFixture.verdict(application, 10, 1, artifact(1), Outcome.FAIL), metadata());
    });

    assertThat(move("champion", 1)).isInstanceOf(AliasService.Outcome.Requested.class);
  }

  @Test
  void a_failure_in_another_application_stands_against_a_model_until_a_newer_pass() {
    String other = "other-" + application;
    verdicts(() -> {
      handlers.handle(EvidenceFixture.criteria(other, 1), metadata());
      handlers.handle(EvidenceFixture.variant(other, artifact(1)), metadata());
      handlers.handle(EvidenceFixture.verdict(other, 1, 1, artifact(1), Outcome.FAIL), metadata());
    });
    assertThat(refused(() -> move("champion", 1)).missing())
        .singleElement()
        .asString()
        .startsWith("a PASS verdict in application " + other + " that is newer than this: verdict");

    verdicts(() ->
        handlers.handle(
            EvidenceFixture.verdict(other, 2, 1, artifact(1), Outcome.PASS), metadata()));

    assertThat(move("champion", 1)).isInstanceOf(AliasService.Outcome.Requested.class);
  }

  @Test
  void a_failed_canary_stands_against_its_model_until_a_newer_pass() {
    verdicts(() ->
        handlers.handle(
            EvidenceFixture.canary(application, ++sequence, artifact(1), Outcome.FAIL),
            metadata()));
    assertThat(refused(() -> move("champion", 1)).type()).isEqualTo(ModelProblem.NO_VERDICT);

    verdicts(() -> judged(1, 1, Outcome.PASS));

    assertThat(move("champion", 1)).isInstanceOf(AliasService.Outcome.Requested.class);
  }

  @Test
  void a_canary_that_a_person_halted_stands_against_its_model_until_a_newer_pass() {
    verdicts(() ->
        handlers.handle(
            EvidenceFixture.release(application, artifact(1), ReleaseState.HALTED, sequence),
            metadata()));
    assertThat(refused(() -> move("champion", 1)).missing())
        .singleElement()
        .asString()
        .contains("the canary of release");

    verdicts(() -> judged(1, 1, Outcome.PASS));

    assertThat(move("champion", 1)).isInstanceOf(AliasService.Outcome.Requested.class);
  }

  @Test
  void an_approval_moves_nothing_when_the_models_canary_was_halted_in_between() {
    AliasMove move = requested("champion", 1);
    verdicts(() ->
        handlers.handle(
            EvidenceFixture.release(application, artifact(1), ReleaseState.HALTED, sequence),
            metadata()));

    decide(move, Decision.APPROVED, artifact(1));

    assertThat(version("champion")).isZero();
  }

  @Test
  void an_approval_moves_nothing_when_new_criteria_have_come_in_between() {
    AliasMove move = requested("champion", 1);
    verdicts(() -> handlers.handle(EvidenceFixture.criteria(application, 2), metadata()));

    decide(move, Decision.APPROVED, artifact(1));

    assertThat(version("champion")).isZero();
    assertThat(history("champion")).extracting(AliasMove::state).containsExactly(State.VOID);
  }

  @Test
  void does_not_roll_back_to_a_version_that_a_failure_stands_against() {
    decide(requested("champion", 1), Decision.APPROVED, artifact(1));
    decide(requested("champion", 2), Decision.APPROVED, artifact(2));
    verdicts(() -> judged(1, 1, Outcome.FAIL));

    Problem problem = refused(() -> rollBack("champion", 1));

    assertThat(problem.type()).isEqualTo(ModelProblem.EVIDENCE_AGAINST);
    assertThat(problem.type().isRecorded()).isTrue();
    assertThat(problem.missing())
        .singleElement()
        .asString()
        .startsWith("a PASS verdict in application " + application + " that is newer than this:");
    assertThat(version("champion")).isEqualTo(2);
  }

  @Test
  void does_not_roll_back_to_a_version_whose_canary_was_halted() {
    decide(requested("champion", 1), Decision.APPROVED, artifact(1));
    decide(requested("champion", 2), Decision.APPROVED, artifact(2));
    verdicts(() ->
        handlers.handle(
            EvidenceFixture.release(application, artifact(1), ReleaseState.HALTED, sequence),
            metadata()));

    assertThat(refused(() -> rollBack("champion", 1)).type())
        .isEqualTo(ModelProblem.EVIDENCE_AGAINST);
  }

  /** A version that is undecided under new criteria was champion under the former ones. */
  @Test
  void rolls_back_to_a_version_that_new_criteria_have_not_judged() {
    decide(requested("champion", 1), Decision.APPROVED, artifact(1));
    decide(requested("champion", 2), Decision.APPROVED, artifact(2));
    verdicts(() -> {
      handlers.handle(EvidenceFixture.criteria(application, 2), metadata());
      judged(1, 2, Outcome.INCONCLUSIVE);
    });

    rollBack("champion", 1);

    assertThat(version("champion")).isEqualTo(1);
  }

  /** The move is from before the alias was protected, so nobody approved it. */
  @Test
  void does_not_roll_a_protected_alias_back_to_where_nobody_approved_it() {
    as(
        "ada",
        () -> {
          UUID model = models.findByName(name).orElseThrow().id();
          sql.sql(
                  """
                  INSERT INTO alias_move (workspace_id, id, model_id, alias, to_version, digest, state, kind, author,
                    requester, requested_at) VALUES (?, ?, ?, 'champion', 3, ?, 'MOVED', 'DIRECT', 'ada', 'ada', now())
                  """)
              .params(WORKSPACE, UUID.randomUUID(), model, artifact(3).hex())
              .update();
          return model;
        });
    decide(requested("champion", 1), Decision.APPROVED, artifact(1));

    assertThat(refused(() -> rollBack("champion", 3)).type())
        .isEqualTo(ModelProblem.NEVER_APPROVED);
  }

  @Test
  void rolls_an_unprotected_alias_back_whatever_the_verdicts_say() {
    move("challenger", 1);
    move("challenger", 2);
    verdicts(() -> judged(1, 1, Outcome.FAIL));

    rollBack("challenger", 1);

    assertThat(version("challenger")).isEqualTo(1);
  }

  @Test
  void a_repeated_request_is_the_pending_one() {
    assertThat(requested("champion", 1)).isEqualTo(requested("champion", 1));
    assertThat(requested("champion", 2)).isNotEqualTo(requested("champion", 1));
    assertThat(history("champion")).hasSize(2);
  }

  @Test
  void an_approval_moves_the_alias_in_the_name_of_the_requester() {
    AliasMove move = requested("champion", 1);
    decide(move, Decision.APPROVED, artifact(1));
    assertThat(version("champion")).isEqualTo(1);
    assertThat(as("ada", () -> aliases.aliasesOf(name)).getFirst().movedBy()).isEqualTo("ada");
    assertThat(history("champion").getFirst())
        .satisfies(decided -> {
          assertThat(decided.state()).isEqualTo(State.MOVED);
          assertThat(decided.decidedBy()).isEqualTo("ben");
        });
  }

  @Test
  void a_decision_counts_once() {
    AliasMove move = requested("champion", 1);
    decide(move, Decision.REJECTED, artifact(1));
    decide(move, Decision.APPROVED, artifact(1));
    assertThat(version("champion")).isZero();
    assertThat(history("champion")).extracting(AliasMove::state).containsExactly(State.REJECTED);
  }

  @Test
  void an_expired_or_a_mistaken_approval_moves_nothing() {
    decide(requested("champion", 1), Decision.EXPIRED, artifact(1));
    decide(requested("champion", 2), Decision.APPROVED, artifact(3));
    assertThat(version("champion")).isZero();
    assertThat(history("champion"))
        .extracting(AliasMove::state)
        .containsExactly(State.VOID, State.EXPIRED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE alias_move SET to_version = 3",
        "UPDATE alias_move SET requester = 'ben'",
        "DELETE FROM alias_move",
        "DELETE FROM alias",
        "UPDATE verdict SET outcome = 'PASS'",
        "DELETE FROM halted_canary",
        "UPDATE variant SET model_digest = ''",
        "UPDATE criteria SET application = ''",
        "DELETE FROM model_version"
      })
  void nobody_changes_the_evidence_of_a_move(String change) {
    decide(requested("champion", 1), Decision.APPROVED, artifact(1));
    verdicts(() ->
        handlers.handle(
            EvidenceFixture.release(application, artifact(3), ReleaseState.HALTED, sequence),
            metadata()));

    assertThatThrownBy(() -> as("ada", () -> sql.sql(change).update()))
        .rootCause()
        .hasMessageStartingWith("ERROR: permission denied for table");
    assertThatThrownBy(() -> EmbeddedServers.executeAsSuperuser("model-registry", change))
        .hasMessageContaining("append-only");
  }

  @Test
  void nobody_changes_a_decided_move() {
    decide(requested("champion", 1), Decision.REJECTED, artifact(1));
    String change =
        "UPDATE alias_move SET state = 'MOVED' WHERE digest = '%s'".formatted(artifact(1).hex());

    assertThatThrownBy(() -> as("ada", () -> sql.sql(change).update()))
        .rootCause()
        .hasMessageContaining("a row of alias_move that is REJECTED is final");
  }

  @Test
  void a_decision_about_another_services_request_is_ignored() {
    as(
        "ben",
        () -> {
          aliases.decide(
              new ApprovalDecided(
                  UUID.randomUUID(),
                  UUID.randomUUID(),
                  "release.requested",
                  UUID.randomUUID(),
                  artifact(1),
                  Decision.APPROVED,
                  "ben",
                  null,
                  null,
                  null,
                  null));
          return "ignored";
        });
    assertThat(version("champion")).isZero();
  }

  @Test
  void rolls_back_without_approval_to_a_version_that_was_approved() {
    decide(requested("champion", 1), Decision.APPROVED, artifact(1));
    decide(requested("champion", 2), Decision.APPROVED, artifact(2));
    rollBack("champion", 1);
    assertThat(version("champion")).isEqualTo(1);
    assertThat(history("champion").getFirst())
        .satisfies(move -> {
          assertThat(move.kind()).isEqualTo(Kind.ROLLBACK);
          assertThat(move.requester()).isEqualTo("sam");
          assertThat(move.from()).isEqualTo(2);
        });
  }

  @Test
  void does_not_roll_back_to_a_version_that_was_only_requested() {
    requested("champion", 3);
    Problem problem = refused(() -> rollBack("champion", 3));
    assertThat(problem.type()).isEqualTo(ModelProblem.NEVER_APPROVED);
    assertThat(problem.missing())
        .containsExactly("an earlier approval of " + name + "@3 as champion");
  }

  @Test
  void names_the_versions_that_exist() {
    assertThatThrownBy(() -> move("challenger", 4))
        .isInstanceOf(Problem.class)
        .hasMessage("Model '%s' has no version 4. Choose a version from 1 to 3.", name);
  }

  @Test
  void another_workspace_sees_neither_the_model_nor_its_aliases() {
    Problem problem =
        catchThrowableOfType(
            Problem.class,
            () -> Caller.system(Workspaces.GLOBEX).call(() -> aliases.aliasesOf(name)));
    assertThat(problem.type()).isEqualTo(CommonProblem.NOT_FOUND);
  }

  private AliasService.Outcome move(String alias, int to) {
    return as("ada", () -> aliases.move(name, alias, to, null));
  }

  private AliasService.Outcome rollBack(String alias, int to) {
    return as("sam", () -> aliases.rollBack(name, alias, to, "worse on real mail"));
  }

  private Digest artifact(int number) {
    return TestVersions.artifact(name, number);
  }

  private static Problem refused(ThrowingCallable move) {
    return catchThrowableOfType(Problem.class, move);
  }

  private void verdicts(Runnable projected) {
    as(
        "ada",
        () -> {
          projected.run();
          return application;
        });
  }

  private void judged(int number, int criteria, Outcome outcome) {
    handlers.handle(
        EvidenceFixture.verdict(application, ++sequence, criteria, artifact(number), outcome),
        metadata());
  }

  /** Each event is later than the one before it. */
  private EventMetadata metadata() {
    received++;
    return new EventMetadata(
        UUID.randomUUID(),
        "type",
        "source",
        "subject",
        TestVersions.REGISTERED.plusSeconds(received),
        WORKSPACE,
        "someone",
        received,
        null);
  }

  private AliasMove requested(String alias, int to) {
    return ((AliasService.Outcome.Requested) move(alias, to)).move();
  }

  private void decide(AliasMove move, Decision decision, Digest subject) {
    as(
        "ben",
        () -> {
          aliases.decide(
              new ApprovalDecided(
                  UUID.randomUUID(),
                  UUID.randomUUID(),
                  "model.alias-move-requested",
                  move.aliasMoveId(),
                  subject,
                  decision,
                  "ben",
                  "looked at it",
                  null,
                  null,
                  null));
          return move;
        });
  }

  private int version(String alias) {
    return as("ada", () -> aliases.aliasesOf(name)).stream()
        .filter(known -> known.alias().equals(alias))
        .mapToInt(Alias::version)
        .findFirst()
        .orElse(0);
  }

  private List<AliasMove> history(String alias) {
    return as("ada", () -> aliases.history(name, alias, new PageRequest(100, null))).items();
  }

  private <T> T as(String actor, Supplier<T> action) {
    Caller caller = new Caller(WORKSPACE, actor, actor, Set.of(), false);
    TransactionTemplate transaction = new TransactionTemplate(transactions);
    try {
      return Objects.requireNonNull(caller.call(() -> transaction.execute(status -> action.get())));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
