package io.plumbline.inference.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.inference.InferenceProblem;
import io.plumbline.inference.projection.Verdict;
import io.plumbline.inference.variant.Variant;
import io.plumbline.inference.variant.VariantParameters;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VerdictRulesTests {

  private static final Digest CRITERIA = Digest.ofText("criteria");
  private static final Digest SUBJECT = Digest.ofText("variant");
  private static final Variant VARIANT =
      new Variant(
          SUBJECT,
          "mail",
          "first",
          Digest.ofText("prompt"),
          "m",
          null,
          null,
          VariantParameters.NONE,
          List.of("ada"),
          "ada",
          Instant.EPOCH);

  @ParameterizedTest
  @EnumSource(names = {"RELEASE", "PHASE"})
  void a_passed_verdict_for_the_variant_is_enough(VerdictKind kind) {
    Verdict verdict = verdict(kind, "mail", SUBJECT, CRITERIA, Outcome.PASS);

    assertThatCode(() -> VerdictRules.check(VARIANT, verdict, CRITERIA, null))
        .doesNotThrowAnyException();
  }

  @Test
  void a_failed_verdict_needs_a_reason() {
    Verdict verdict = verdict(VerdictKind.RELEASE, "mail", SUBJECT, CRITERIA, Outcome.FAIL);

    Problem refused = refusal(verdict, CRITERIA, null);
    assertThat(refused.type()).isEqualTo(InferenceProblem.VERDICT_FAILED);
    assertThat(refused.missing()).containsExactly("accuracy fell");
    assertThatCode(() -> VerdictRules.check(VARIANT, verdict, CRITERIA, "we accept the risk"))
        .doesNotThrowAnyException();
  }

  @Test
  void an_inconclusive_verdict_cannot_be_overridden() {
    Verdict verdict = verdict(VerdictKind.RELEASE, "mail", SUBJECT, CRITERIA, Outcome.INCONCLUSIVE);

    Problem refused = refusal(verdict, CRITERIA, "we accept the risk");

    assertThat(refused.type()).isEqualTo(InferenceProblem.VERDICT_FAILED);
    assertThat(refused).hasMessageContaining("cannot be overridden");
  }

  @Test
  void a_passed_verdict_is_not_overridden() {
    Verdict verdict = verdict(VerdictKind.RELEASE, "mail", SUBJECT, CRITERIA, Outcome.PASS);

    assertThat(refusal(verdict, CRITERIA, "just in case").type()).isEqualTo(CommonProblem.INVALID);
  }

  @Test
  void everything_that_is_missing_is_named_at_once() {
    Digest other = Digest.ofText("another variant");
    Digest former = Digest.ofText("former criteria");
    Verdict verdict = verdict(VerdictKind.CANARY, "mail", other, former, Outcome.PASS);

    Problem refused = refusal(verdict, CRITERIA, null);

    assertThat(refused.type()).isEqualTo(InferenceProblem.RELEASE_WITHOUT_VERDICT);
    assertThat(refused.missing())
        .containsExactly(
            "a verdict of kind RELEASE or PHASE; this one is CANARY",
            "a verdict for variant " + SUBJECT + "; this one is for " + other,
            "a verdict under the criteria in force, " + CRITERIA);
  }

  @Test
  void a_verdict_of_another_application_does_not_count() {
    Verdict verdict = verdict(VerdictKind.RELEASE, "news", SUBJECT, CRITERIA, Outcome.PASS);

    assertThat(refusal(verdict, CRITERIA, null).type())
        .isEqualTo(InferenceProblem.RELEASE_WITHOUT_VERDICT);
  }

  @Test
  void without_criteria_nothing_is_released() {
    Verdict verdict = verdict(VerdictKind.RELEASE, "mail", SUBJECT, CRITERIA, Outcome.PASS);

    assertThat(refusal(verdict, null, null).missing())
        .containsExactly("registered criteria of application mail");
  }

  private static Problem refusal(
      Verdict verdict, @Nullable Digest criteria, @Nullable String override) {
    return catchThrowableOfType(
        Problem.class, () -> VerdictRules.check(VARIANT, verdict, criteria, override));
  }

  private static Verdict verdict(
      VerdictKind kind, String application, Digest subject, Digest criteria, Outcome outcome) {
    return new Verdict(
        UUID.randomUUID(), kind, application, subject, criteria, outcome, List.of("accuracy fell"));
  }
}
