package io.plumbline.evaluation.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.platform.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReleaseGateTests {

  private static final Digest VARIANT = Digest.ofText("variant");

  private static Verdict verdict(Outcome outcome) {
    return new Verdict(
        new UUID(0, 1),
        VerdictKind.RELEASE,
        "mail-triage",
        null,
        VARIANT,
        Digest.ofText("criteria"),
        new UUID(0, 2),
        null,
        null,
        7,
        outcome,
        List.of("accuracy is 0.7500"),
        List.of(),
        "ada",
        Instant.EPOCH);
  }

  @Test
  void a_passed_verdict_opens_the_gate() {
    assertThat(ReleaseGate.check(Optional.of(verdict(Outcome.PASS)), VARIANT))
        .isEqualTo(verdict(Outcome.PASS));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PASS")
  void any_other_verdict_closes_it_with_its_reasons(Outcome outcome) {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> ReleaseGate.check(Optional.of(verdict(outcome)), VARIANT))
        .satisfies(problem -> {
          assertThat(problem.type()).isEqualTo(ExperimentProblem.GATE_CLOSED);
          assertThat(problem.missing()).containsExactly("accuracy is 0.7500");
        });
  }

  @Test
  void without_a_verdict_the_gate_names_what_is_missing() {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> ReleaseGate.check(Optional.empty(), VARIANT))
        .satisfies(problem ->
            assertThat(problem.missing())
                .containsExactly("a verdict of kind RELEASE on variant " + VARIANT));
  }
}
