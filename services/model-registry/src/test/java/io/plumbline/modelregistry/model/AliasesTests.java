package io.plumbline.modelregistry.model;

import static io.plumbline.modelregistry.model.TestVersions.artifact;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.plumbline.contracts.ComplianceEvent.ApprovalDecided;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.ModelRegistryEvent.AliasMoveRequested;
import io.plumbline.contracts.ModelRegistryEvent.AliasMoved;
import io.plumbline.contracts.state.Decision;
import io.plumbline.modelregistry.model.AliasMove.Kind;
import io.plumbline.modelregistry.model.AliasMove.State;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.test.Events;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.Workspaces;
import io.plumbline.platform.web.PageRequest;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The rules of aliases on a real database; a model with three versions for each test. */
@PlumblineTest
class AliasesTests {

  @Autowired Aliases aliases;
  @Autowired Models models;
  @Autowired ModelVersions versions;
  @Autowired Events events;
  @Autowired PlatformTransactionManager transactions;

  private final String name = "aliases-" + UUID.randomUUID();

  @BeforeEach
  void registerThreeVersions() {
    as(
        "ada",
        () -> {
          Model model =
              new Model(
                  UUID.randomUUID(), Workspaces.ACME, name, "", "ada", TestVersions.REGISTERED);
          for (int number = 1; number <= 3; number++) {
            model.register();
          }
          Model saved = models.saveAndFlush(model);
          for (int number = 1; number <= 3; number++) {
            versions.add(saved.id(), TestVersions.version(name, number));
          }
          return saved;
        });
  }

  @Test
  void an_unprotected_alias_moves_at_once() {
    assertThat(move("challenger", 2)).isInstanceOf(Aliases.Outcome.Moved.class);
    assertThat(version("challenger")).isEqualTo(2);
    assertThat(history("challenger"))
        .extracting(AliasMove::kind, AliasMove::state, AliasMove::from, AliasMove::to)
        .containsExactly(tuple(Kind.DIRECT, State.MOVED, null, 2));
    assertThat(events.awaitPublished(AliasMoved.class, event -> event.model().equals(name)))
        .isEqualTo(new AliasMoved(name, "challenger", null, 2, artifact(2), null));
  }

  @Test
  void a_move_to_where_the_alias_points_changes_nothing() {
    move("challenger", 2);
    assertThat(move("challenger", 2)).isInstanceOf(Aliases.Outcome.AlreadyThere.class);
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
                requested.aliasMoveId(), name, "champion", null, 1, artifact(1), "ada", "ada"));
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
    assertThat(as("ada", () -> aliases.of(name)).getFirst().movedBy()).isEqualTo("ada");
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

  @Test
  void a_decision_about_another_services_request_is_ignored() {
    as(
        "ben",
        () -> {
          aliases.on(
              new ApprovalDecided(
                  UUID.randomUUID(),
                  UUID.randomUUID(),
                  "release.requested",
                  UUID.randomUUID(),
                  artifact(1),
                  Decision.APPROVED,
                  "ben",
                  null));
          return "ignored";
        });
    assertThat(version("champion")).isZero();
  }

  @Test
  void rolls_back_without_approval_to_a_version_that_was_approved() {
    decide(requested("champion", 1), Decision.APPROVED, artifact(1));
    decide(requested("champion", 2), Decision.APPROVED, artifact(2));
    as("sam", () -> aliases.rollBack(name, "champion", 1, "worse on real mail"));
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
    Problem problem =
        catchThrowableOfType(
            Problem.class, () -> as("sam", () -> aliases.rollBack(name, "champion", 3, "try it")));
    assertThat(problem.type()).isEqualTo(ModelProblem.NEVER_APPROVED);
    assertThat(problem.missing())
        .containsExactly("an earlier approval of " + name + "@3 as champion");
  }

  @Test
  void names_the_versions_that_exist() {
    assertThatThrownBy(() -> move("challenger", 4))
        .isInstanceOf(Problem.class)
        .hasMessage("Choose a version from 1 to 3.");
  }

  @Test
  void another_workspace_sees_neither_the_model_nor_its_aliases() {
    Problem problem =
        catchThrowableOfType(
            Problem.class, () -> Caller.system(Workspaces.GLOBEX).call(() -> aliases.of(name)));
    assertThat(problem.type()).isEqualTo(CommonProblem.NOT_FOUND);
  }

  private Aliases.Outcome move(String alias, int to) {
    return as("ada", () -> aliases.move(name, alias, to, null));
  }

  private AliasMove requested(String alias, int to) {
    return ((Aliases.Outcome.Requested) move(alias, to)).move();
  }

  private void decide(AliasMove move, Decision decision, Digest subject) {
    as(
        "ben",
        () -> {
          aliases.on(
              new ApprovalDecided(
                  UUID.randomUUID(),
                  UUID.randomUUID(),
                  "model.alias-move-requested",
                  move.aliasMoveId(),
                  subject,
                  decision,
                  "ben",
                  "looked at it"));
          return move;
        });
  }

  private int version(String alias) {
    return as("ada", () -> aliases.of(name)).stream()
        .filter(known -> known.alias().equals(alias))
        .mapToInt(Alias::version)
        .findFirst()
        .orElse(0);
  }

  private List<AliasMove> history(String alias) {
    return as("ada", () -> aliases.history(name, alias, new PageRequest(100, null))).items();
  }

  private <T> T as(String actor, Supplier<T> action) {
    Caller caller = new Caller(Workspaces.ACME, actor, actor, Set.of(), false);
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
