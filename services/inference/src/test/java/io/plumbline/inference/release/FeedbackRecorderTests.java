package io.plumbline.inference.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.InferenceTest;
import io.plumbline.inference.keyset.ResponseKeySettings;
import io.plumbline.inference.release.counting.ArmFigures;
import io.plumbline.inference.trace.TraceContents;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class FeedbackRecorderTests extends InferenceTest {

  private record Row(
      String responseId,
      String metric,
      @Nullable String arm,
      @Nullable String variant,
      boolean correct,
      @Nullable String correction) {}

  private static final String OLD = "b2xkIGtleSBvZiAzMiBieXRlcyAxMjM0NTY3ODkwMTI=";
  private static final String NEW = "bmV3IGtleSBvZiAzMiBieXRlcyAxMjM0NTY3ODkwMTI=";
  private static final Digest VARIANT = Digest.ofText("variant");
  private final Arm arm = new Arm(UUID.randomUUID(), "mail", "production", VARIANT, "canary");

  @Autowired JdbcClient sql;
  @Autowired Releases releases;
  @Autowired TrafficRouter traffic;
  @Autowired Outbox outbox;
  @Autowired TraceContents contents;
  @Autowired PlatformTransactionManager transactions;
  @Autowired Clock clock;

  private final Caller caller = Caller.system(UUID.randomUUID());
  private final String ofArm = ids(NEW, OLD).issue(caller.workspace(), Ids.next(), arm, VARIANT);
  private ArmCounts arms;
  private FeedbackRecorder recorder;

  /** Starts another replica than the one that answered. */
  @BeforeEach
  void start() {
    run(
        caller,
        () -> new TransactionTemplate(transactions).executeWithoutResult(status -> startCanary()));
    arms = new ArmCounts(traffic, outbox, transactions, clock, "b");
    recorder = recorder(arms);
  }

  @Test
  void feedback_counts_for_the_arm_that_answered_at_any_replica() {
    run(caller, () -> recorder.record(feedback(ofArm, false, "spam")));

    assertThat(rows())
        .containsExactly(new Row(ofArm, "correctness", "canary", VARIANT.hex(), false, "spam"));
    assertCounted(arms, 1, 0);
  }

  @Test
  void the_latest_feedback_of_a_caller_counts_and_each_caller_once() {
    Caller other = new Caller(caller.workspace(), "mia", "Mia", Set.of(Role.VIEWER), false);

    run(caller, () -> recorder.record(feedback(ofArm, false, "spam")));
    run(caller, () -> recorder.record(feedback(ofArm, true, null)));
    run(caller, () -> recorder.record(feedback(ofArm, true, null)));
    run(other, () -> recorder.record(feedback(ofArm, false, null)));

    assertThat(rows())
        .containsExactlyInAnyOrder(
            new Row(ofArm, "correctness", "canary", VARIANT.hex(), true, null),
            new Row(ofArm, "correctness", "canary", VARIANT.hex(), false, null));
    assertCounted(arms, 2, 1);
  }

  @Test
  void a_judgement_that_is_changed_at_another_replica_takes_back_what_the_first_counted() {
    ArmCounts first = new ArmCounts(traffic, outbox, transactions, clock, "a");
    FeedbackRecorder there = recorder(first);

    run(caller, () -> there.record(feedback(ofArm, true, null)));
    run(caller, () -> recorder.record(feedback(ofArm, false, null)));

    assertCounted(first, 1, 1);
    assertCounted(arms, 0, -1);
  }

  @Test
  void another_metric_is_kept_and_judges_no_canary() {
    run(
        caller,
        () -> recorder.record(new FeedbackRecorder.Feedback(ofArm, "tone", false, null, null)));

    assertThat(rows())
        .containsExactly(new Row(ofArm, "tone", "canary", VARIANT.hex(), false, null));
    assertThat(arms.snapshotOf(caller.workspace(), arm).isEmpty()).isTrue();
  }

  @Test
  void one_caller_judges_a_response_by_so_many_metrics_and_may_correct_each() {
    Caller other = new Caller(caller.workspace(), "mia", "Mia", Set.of(Role.VIEWER), false);
    String another = ids(NEW).issue(caller.workspace(), Ids.next(), null, VARIANT);
    for (int i = 0; i < FeedbackRecorder.MAX_METRICS; i++) {
      String metric = "m" + i;
      run(caller, () -> recorder.record(judged(ofArm, metric, true)));
    }

    assertThatThrownBy(() -> run(caller, () -> recorder.record(judged(ofArm, "tone", true))))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> assertThat(problem.type()).isEqualTo(CommonProblem.UNPROCESSABLE))
        .hasMessageContaining("by 20 metrics");
    run(caller, () -> recorder.record(judged(ofArm, "m0", false)));
    run(caller, () -> recorder.record(judged(another, "tone", true)));
    run(other, () -> recorder.record(judged(ofArm, "tone", true)));
    assertThat(rows()).hasSize(FeedbackRecorder.MAX_METRICS + 2);
  }

  @Test
  void feedback_on_a_variant_or_a_bare_model_counts_for_no_arm() {
    String ofVariant = ids(NEW).issue(caller.workspace(), Ids.next(), null, VARIANT);
    String ofModel = ids(NEW).issue(caller.workspace(), Ids.next(), null, null);

    run(caller, () -> recorder.record(feedback(ofVariant, true, null)));
    run(caller, () -> recorder.record(feedback(ofModel, true, null)));

    assertThat(rows())
        .containsExactlyInAnyOrder(
            new Row(ofVariant, "correctness", null, VARIANT.hex(), true, null),
            new Row(ofModel, "correctness", null, null, true, null));
  }

  @Test
  void feedback_needs_a_response_of_the_own_workspace() {
    Caller other = Caller.system(UUID.randomUUID());

    for (String id : List.of(ofArm, "none", "chatcmpl-", "chatcmpl-AAAA", ofArm + "A")) {
      assertThatThrownBy(() -> run(other, () -> recorder.record(feedback(id, true, null))))
          .isInstanceOfSatisfying(
              Problem.class,
              problem -> {
                assertThat(problem.type()).isEqualTo(CommonProblem.INVALID);
                assertThat(problem.body().getProperties()).containsKey("errors");
              });
    }
    assertThat(rows()).isEmpty();
  }

  /** Lets a canary serve, of which the arm is one. */
  private void startCanary() {
    Instant now = Instant.EPOCH;
    Release former = release(UUID.randomUUID(), Digest.ofText("former"));
    former.activate(null, null, now);
    releases.saveAndFlush(former);
    Release canary = release(arm.releaseId(), VARIANT);
    canary.startCanary(former, now);
    releases.saveAndFlush(canary);
  }

  private Release release(UUID id, Digest variant) {
    return new Release(
        id,
        caller.workspace(),
        new Release.Request("mail", "production", variant, UUID.randomUUID(), null, 10),
        "ada",
        Instant.EPOCH);
  }

  private void assertCounted(ArmCounts counts, long feedback, long correct) {
    ArmFigures.Reading reading = counts.snapshotOf(caller.workspace(), arm);
    assertThat(reading.feedback()).isEqualTo(feedback);
    assertThat(reading.correct()).isEqualTo(correct);
  }

  private FeedbackRecorder recorder(ArmCounts arms) {
    return new FeedbackRecorder(
        sql, new JudgedAnswers(ids(NEW, OLD), releases), arms, contents, transactions, clock);
  }

  private static FeedbackRecorder.Feedback judged(String id, String metric, boolean correct) {
    return new FeedbackRecorder.Feedback(id, metric, correct, null, null);
  }

  private static FeedbackRecorder.Feedback feedback(
      String id, boolean correct, @Nullable String correction) {
    return new FeedbackRecorder.Feedback(
        id, FeedbackRecorder.CORRECTNESS, correct, null, correction);
  }

  private static ResponseIds ids(String... keys) {
    return new ResponseIds(new ResponseKeySettings(List.of(keys)));
  }

  private List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    run(
        caller,
        () ->
            new TransactionTemplate(transactions)
                .executeWithoutResult(status ->
                    rows.addAll(
                        sql.sql(
                                "SELECT response_id, metric, arm, variant_digest, correct,"
                                    + " correction FROM feedback WHERE workspace_id = ?")
                            .params(caller.workspace())
                            .query((row, index) ->
                                new Row(
                                    row.getString(1),
                                    row.getString(2),
                                    row.getString(3),
                                    row.getString(4),
                                    row.getBoolean(5),
                                    row.getString(6)))
                            .list())));
    return rows;
  }

  private static void run(Caller as, Runnable work) {
    as.run(work);
  }
}
