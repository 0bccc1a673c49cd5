package io.plumbline.evaluation.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.platform.problem.Problem;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RequestVerdictTests {

  private static RequestVerdict request(VerdictKind kind) {
    return new RequestVerdict("mail-triage", kind, new UUID(0, 1), Digest.ofText("criteria"));
  }

  @ParameterizedTest
  @EnumSource(names = {"PHASE", "RELEASE"})
  void a_phase_or_release_may_be_requested(VerdictKind kind) {
    assertThatCode(() -> request(kind).requireIssuableKind()).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @EnumSource(names = {"CANARY", "FORGETTING"})
  void anything_else_is_refused_by_pointer(VerdictKind kind) {
    Problem problem =
        catchThrowableOfType(Problem.class, () -> request(kind).requireIssuableKind());

    assertThat(problem.body().getProperties())
        .extractingByKey("errors")
        .asString()
        .contains("/kind");
  }
}
