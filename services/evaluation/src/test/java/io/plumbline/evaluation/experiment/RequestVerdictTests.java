package io.plumbline.evaluation.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Phase;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.platform.problem.Problem;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestVerdictTests {

  private static RequestVerdict request(VerdictKind kind, @Nullable Phase phase) {
    return new RequestVerdict(
        "mail-triage", kind, phase, new UUID(0, 1), Digest.ofText("criteria"));
  }

  @Test
  void a_phase_or_release_may_be_requested() {
    assertThatCode(() -> request(VerdictKind.PHASE, Phase.PROMPT).check())
        .doesNotThrowAnyException();
    assertThatCode(() -> request(VerdictKind.RELEASE, null).check()).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "PHASE, , /phase",
    "RELEASE, PROMPT, /phase",
    "CANARY, , /kind",
    "FORGETTING, , /kind"
  })
  void anything_else_is_refused_by_pointer(
      VerdictKind kind, @Nullable Phase phase, String pointer) {
    Problem problem = catchThrowableOfType(Problem.class, () -> request(kind, phase).check());

    assertThat(problem.body().getProperties())
        .extractingByKey("errors")
        .asString()
        .contains(pointer);
  }
}
