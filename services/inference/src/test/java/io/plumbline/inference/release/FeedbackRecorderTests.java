package io.plumbline.inference.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.contracts.Digest;
import io.plumbline.inference.InferenceTest;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
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
      @Nullable String arm,
      @Nullable String variant,
      boolean correct,
      @Nullable String correction) {}

  private static final Digest VARIANT = Digest.ofText("variant");
  private static final Arm ARM =
      new Arm(UUID.randomUUID(), "mail", "production", VARIANT, "canary");

  @Autowired JdbcClient sql;
  @Autowired Traffic traffic;
  @Autowired Outbox outbox;
  @Autowired PlatformTransactionManager transactions;
  @Autowired Clock clock;

  private final Caller caller = Caller.system(UUID.randomUUID());
  private final Responses responses = new Responses(new SimpleMeterRegistry());
  private Arms arms;
  private FeedbackRecorder recorder;

  @BeforeEach
  void answer() {
    arms = new Arms(traffic, outbox, transactions, clock);
    recorder = new FeedbackRecorder(sql, responses, arms, clock);
    responses.remember("of-arm", new Responses.Origin(caller.workspace(), ARM, VARIANT));
    responses.remember("of-model", new Responses.Origin(caller.workspace(), null, null));
  }

  @Test
  void the_first_feedback_of_a_response_counts_for_its_arm() {
    run(caller, () -> recorder.record("of-arm", false, "spam"));
    run(caller, () -> recorder.record("of-arm", true, null));

    assertThat(rows()).containsExactly(new Row("of-arm", "canary", VARIANT.hex(), false, "spam"));
    assertThat(arms.read(caller.workspace(), ARM))
        .isEqualTo(new ArmFigures.Reading(0, 0, 1, 0, 0, 0));
  }

  @Test
  void feedback_on_a_bare_model_counts_for_no_arm() {
    run(caller, () -> recorder.record("of-model", true, null));

    assertThat(rows()).containsExactly(new Row("of-model", null, null, true, null));
  }

  @Test
  void feedback_needs_a_response_of_the_own_workspace() {
    Caller other = Caller.system(UUID.randomUUID());

    assertThatThrownBy(() -> run(other, () -> recorder.record("of-arm", true, null)))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.type()).isEqualTo(CommonProblem.INVALID);
              assertThat(problem.body().getProperties()).containsKey("errors");
            });
    assertThatThrownBy(() -> run(caller, () -> recorder.record("none", true, null)))
        .isInstanceOf(Problem.class);
    assertThat(rows()).isEmpty();
  }

  private List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    run(
        caller,
        () ->
            rows.addAll(
                sql.sql(
                        "SELECT response_id, arm, variant_digest, correct, correction FROM feedback"
                            + " WHERE workspace_id = ?")
                    .params(caller.workspace())
                    .query((row, index) ->
                        new Row(
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            row.getBoolean(4),
                            row.getString(5)))
                    .list()));
    return rows;
  }

  private void run(Caller as, Runnable work) {
    as.run(() -> new TransactionTemplate(transactions).executeWithoutResult(status -> work.run()));
  }
}
