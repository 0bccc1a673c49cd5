package io.plumbline.evaluation.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.state.RunOutcome;
import io.plumbline.evaluation.inference.Reply;
import io.plumbline.platform.problem.Problem;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartRunTests {

  private static final Digest VARIANT = Digest.ofText("variant");

  private static String subject(@Nullable Digest variant, @Nullable String model) {
    return new RunController.StartRun(
            "mail-triage", Digest.ofText("suite"), variant, model, null, null, null)
        .inferenceModel();
  }

  @Test
  void a_run_is_of_one_variant_or_one_model() {
    assertThat(subject(VARIANT, null)).isEqualTo("variant/" + VARIANT);
    assertThat(subject(null, "local/choice-bge-small")).isEqualTo("local/choice-bge-small");
  }

  @ParameterizedTest
  @ValueSource(strings = {"variant/abc", "app/mail-triage"})
  void a_model_is_not_a_variant_or_an_application(String model) {
    assertThatExceptionOfType(Problem.class).isThrownBy(() -> subject(null, model));
  }

  @Test
  void both_and_neither_are_refused() {
    assertThatExceptionOfType(Problem.class).isThrownBy(() -> subject(VARIANT, "local/choice"));
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> subject(null, null))
        .extracting(Problem::type)
        .isEqualTo(RunProblem.ONE_SUBJECT);
  }

  @Test
  void a_run_has_an_outcome_once_it_has_ended() {
    assertThat(Run.State.FINISHED.outcome()).isEqualTo(RunOutcome.SUCCEEDED);
    assertThat(Run.State.FAILED.outcome()).isEqualTo(RunOutcome.FAILED);
    assertThat(Run.State.CANCELLED.outcome()).isEqualTo(RunOutcome.CANCELLED);
    assertThatIllegalStateException().isThrownBy(Run.State.RUNNING::outcome);
  }

  @Test
  void the_pause_doubles_up_to_its_limit() {
    Reply busy = new Reply.Unavailable(Duration.ofMillis(250), "503", Reply.Cause.LIMIT);

    assertThat(RetryingInferenceClient.pauseAfter(1, busy)).isEqualTo(Duration.ofMillis(250));
    assertThat(RetryingInferenceClient.pauseAfter(2, busy)).isEqualTo(Duration.ofMillis(500));
    assertThat(RetryingInferenceClient.pauseAfter(7, busy)).isEqualTo(Duration.ofSeconds(16));
    assertThat(RetryingInferenceClient.pauseAfter(12, busy)).isEqualTo(Duration.ofSeconds(30));
    assertThat(
            RetryingInferenceClient.pauseAfter(
                12, new Reply.Unavailable(Duration.ZERO, "503", Reply.Cause.LIMIT)))
        .isZero();
  }
}
