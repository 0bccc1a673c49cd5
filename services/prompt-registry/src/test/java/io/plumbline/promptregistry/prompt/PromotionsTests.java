package io.plumbline.promptregistry.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.plumbline.contracts.ComplianceEvent.ApprovalDecided;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.state.Decision;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.Workspaces;
import io.plumbline.platform.web.PageRequest;
import io.plumbline.promptregistry.prompt.LabelMove.State;
import io.plumbline.prompttemplate.content.Message;
import io.plumbline.prompttemplate.content.PromptContent;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The rules of label moves on real PostgreSQL, without HTTP and Kafka in between. */
@PlumblineTest
class PromotionsTests {

  private static final Label PRODUCTION = new Label("production");
  private static final Label STAGING = new Label("staging");

  @Autowired Promotions promotions;
  @Autowired PromptCatalog catalog;
  @Autowired PromptSearch search;

  private static <T> T inWorkspace(Callable<T> work) {
    try {
      return Caller.system(Workspaces.ACME).call(work);
    } catch (RuntimeException unchanged) {
      throw unchanged;
    } catch (Exception unexpected) {
      throw new AssertionError(unexpected);
    }
  }

  /** Creates a prompt with two versions. */
  private String prompt() {
    String name = "p-" + Ids.next();
    inWorkspace(() -> catalog.create(new PromptName(name), "", List.of()));
    publish(name, "One.");
    publish(name, "Two.");
    return name;
  }

  private PromptVersion publish(String name, String text) {
    return inWorkspace(() ->
        catalog.publish(
            name,
            new WrittenContent(
                PromptContent.of(
                    List.of(new Message(Message.Role.USER, text)), null, null, null, null),
                Map.of()),
            "because",
            null,
            null));
  }

  private Promotion promote(String prompt, Label label, int version) {
    return inWorkspace(() -> promotions.promote(prompt, label, version));
  }

  private Promotion.AwaitingApproval request(String prompt, int version) {
    return (Promotion.AwaitingApproval) promote(prompt, PRODUCTION, version);
  }

  private void decide(UUID move, Digest subject, Decision decision) {
    decide("prompt.label-move-requested", move, subject, decision);
  }

  private void decide(String requestType, UUID move, Digest subject, Decision decision) {
    inWorkspace(() -> {
      promotions.on(
          new ApprovalDecided(
              Ids.next(),
              Ids.next(),
              requestType,
              move,
              subject,
              decision,
              "ben",
              null,
              null,
              null,
              null));
      return true;
    });
  }

  private State stateOf(String prompt) {
    return inWorkspace(() -> search.labelMoves(prompt, new PageRequest(1, null)))
        .items()
        .getFirst()
        .state();
  }

  private List<String> labels(String prompt) {
    return inWorkspace(() -> search.labels(prompt)).stream()
        .map(label -> label.label() + " " + label.version())
        .toList();
  }

  @Test
  void an_unprotected_label_moves_at_once() {
    String prompt = prompt();

    assertThat(promote(prompt, STAGING, 1)).isInstanceOf(Promotion.Moved.class);
    assertThat(promote(prompt, STAGING, 2)).isInstanceOf(Promotion.Moved.class);

    assertThat(labels(prompt)).containsExactly("latest 2", "staging 2");
    assertThat(stateOf(prompt)).isEqualTo(State.MOVED);
  }

  @Test
  void a_move_to_the_version_it_points_to_changes_nothing() {
    String prompt = prompt();
    promote(prompt, STAGING, 1);

    assertThat(promote(prompt, STAGING, 1)).isInstanceOf(Promotion.AlreadyThere.class);
    assertThat(inWorkspace(() -> search.labelMoves(prompt, new PageRequest(10, null))).items())
        .hasSize(1);
  }

  /** Otherwise a waiver with the id and digest of a move would move a label once it is approved. */
  @Test
  void the_approval_of_another_kind_of_request_moves_nothing() {
    String prompt = prompt();
    Promotion.AwaitingApproval requested = request(prompt, 1);

    decide("waiver.requested", requested.labelMoveId(), requested.digest(), Decision.APPROVED);

    assertThat(stateOf(prompt)).isEqualTo(State.REQUESTED);
  }

  @Test
  void a_protected_label_waits_for_one_approval_however_often_it_is_requested() {
    String prompt = prompt();

    Promotion.AwaitingApproval first = request(prompt, 1);

    assertThat(request(prompt, 1)).isEqualTo(first);
    assertThat(request(prompt, 2).labelMoveId()).isNotEqualTo(first.labelMoveId());
    assertThat(labels(prompt)).containsExactly("latest 2");
  }

  @Test
  void an_approval_of_the_requested_digest_moves_the_label() {
    String prompt = prompt();
    Promotion.AwaitingApproval move = request(prompt, 1);

    decide(move.labelMoveId(), move.digest(), Decision.APPROVED);

    assertThat(labels(prompt)).containsExactly("latest 2", "production 1");
    assertThat(stateOf(prompt)).isEqualTo(State.MOVED);
  }

  @Test
  void an_approval_of_another_digest_voids_the_move() {
    String prompt = prompt();

    decide(request(prompt, 1).labelMoveId(), Digest.ofText("another"), Decision.APPROVED);

    assertThat(labels(prompt)).containsExactly("latest 2");
    assertThat(stateOf(prompt)).isEqualTo(State.VOIDED);
  }

  @Test
  void a_rejected_or_expired_request_leaves_the_label_where_it_is() {
    String prompt = prompt();
    Promotion.AwaitingApproval rejected = request(prompt, 1);
    decide(rejected.labelMoveId(), rejected.digest(), Decision.REJECTED);
    assertThat(stateOf(prompt)).isEqualTo(State.REJECTED);

    Promotion.AwaitingApproval expired = request(prompt, 1);
    decide(expired.labelMoveId(), expired.digest(), Decision.EXPIRED);

    assertThat(stateOf(prompt)).isEqualTo(State.EXPIRED);
    assertThat(labels(prompt)).containsExactly("latest 2");
  }

  @Test
  void a_move_is_decided_once() {
    String prompt = prompt();
    Promotion.AwaitingApproval move = request(prompt, 1);
    decide(move.labelMoveId(), move.digest(), Decision.REJECTED);

    decide(move.labelMoveId(), move.digest(), Decision.APPROVED);

    assertThat(stateOf(prompt)).isEqualTo(State.REJECTED);
    assertThat(labels(prompt)).containsExactly("latest 2");
  }

  @Test
  void a_decision_about_another_request_is_ignored() {
    String prompt = prompt();
    request(prompt, 1);

    decide(Ids.next(), Digest.ofText("another"), Decision.APPROVED);

    assertThat(stateOf(prompt)).isEqualTo(State.REQUESTED);
  }

  @Test
  void latest_and_unknown_versions_are_refused() {
    String prompt = prompt();

    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> promote(prompt, Label.LATEST, 1))
        .extracting(Problem::type)
        .isEqualTo(PromptProblem.AUTOMATIC_LABEL);
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> promote(prompt, STAGING, 3))
        .extracting(Problem::type)
        .isEqualTo(PromptProblem.UNKNOWN_VERSION);
  }
}
