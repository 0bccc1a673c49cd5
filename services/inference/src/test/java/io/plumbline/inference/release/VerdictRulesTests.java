package io.plumbline.inference.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.inference.InferenceProblem;
import io.plumbline.inference.projection.Verdict;
import io.plumbline.inference.release.GateAnswer.Closed;
import io.plumbline.inference.release.GateAnswer.Open;
import io.plumbline.inference.variant.SampleVariants;
import io.plumbline.inference.variant.Variant;
import io.plumbline.platform.problem.Problem;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VerdictRulesTests {

  private static final Digest CRITERIA = Digest.ofText("criteria");
  private static final Digest SUBJECT = Digest.ofText("variant");
  private static final Variant VARIANT = SampleVariants.of(SUBJECT, "mail");

  @ParameterizedTest
  @EnumSource(names = {"RELEASE", "PHASE"})
  void a_newest_verdict_that_passed_is_enough(VerdictKind kind) {
    Verdict verdict = verdict(kind, "mail", SUBJECT, CRITERIA, Outcome.PASS);

    assertThat(VerdictRules.citedVerdictFlaws(VARIANT, verdict, CRITERIA)).isEmpty();
    assertThat(VerdictRules.decide(VARIANT, CRITERIA, verdict, null))
        .isEqualTo(new Open(verdict, null));
    // A former override changes nothing.
    assertThat(VerdictRules.decide(VARIANT, CRITERIA, verdict, UUID.randomUUID()))
        .isEqualTo(new Open(verdict, null));
  }

  @Test
  void a_failed_verdict_opens_only_for_the_release_that_overrides_it() {
    Verdict verdict = verdict(VerdictKind.RELEASE, "mail", SUBJECT, CRITERIA, Outcome.FAIL);

    Problem refused = refusal(verdict, null);
    assertThat(refused.type()).isEqualTo(InferenceProblem.VERDICT_FAILED);
    assertThat(refused.missing()).containsExactly(verdict.describe());
    assertThat(refusal(verdict, UUID.randomUUID()))
        .hasMessageContaining("not the one that is overridden");
    assertThat(VerdictRules.decide(VARIANT, CRITERIA, verdict, verdict.id()))
        .isEqualTo(new Open(verdict, null));
  }

  @Test
  void an_inconclusive_verdict_cannot_be_overridden() {
    Verdict verdict = verdict(VerdictKind.RELEASE, "mail", SUBJECT, CRITERIA, Outcome.INCONCLUSIVE);

    Problem refused = refusal(verdict, verdict.id());

    assertThat(refused.type()).isEqualTo(InferenceProblem.VERDICT_FAILED);
    assertThat(refused).hasMessageContaining("cannot be overridden");
  }

  @Test
  void without_a_verdict_what_is_needed_is_named() {
    assertThat(refusal(null, null).missing())
        .containsExactly(
            "a verdict of kind RELEASE or PHASE for variant %s under the criteria in force, %s"
                .formatted(SUBJECT, CRITERIA));
  }

  @Test
  void everything_that_makes_a_verdict_unfit_is_named_at_once() {
    Digest other = Digest.ofText("another variant");
    Digest former = Digest.ofText("former criteria");
    Verdict verdict = verdict(VerdictKind.CANARY, "mail", other, former, Outcome.PASS);

    assertThat(VerdictRules.citedVerdictFlaws(VARIANT, verdict, CRITERIA))
        .containsExactly(
            "a verdict of kind RELEASE or PHASE; this one is CANARY",
            "a verdict for variant " + SUBJECT + "; this one is for " + other,
            "a verdict under the criteria in force, %s; this one is under %s"
                .formatted(CRITERIA, former));
  }

  @Test
  void a_verdict_of_another_application_does_not_count() {
    Verdict verdict = verdict(VerdictKind.RELEASE, "news", SUBJECT, CRITERIA, Outcome.PASS);

    assertThat(VerdictRules.citedVerdictFlaws(VARIANT, verdict, CRITERIA)).hasSize(1);
  }

  @Test
  void without_criteria_no_verdict_is_fit() {
    Verdict verdict = verdict(VerdictKind.RELEASE, "mail", SUBJECT, CRITERIA, Outcome.PASS);

    assertThat(VerdictRules.citedVerdictFlaws(VARIANT, verdict, null))
        .containsExactly("registered criteria of application mail");
  }

  private static Problem refusal(@Nullable Verdict newest, @Nullable UUID overridden) {
    return ((Closed) VerdictRules.decide(VARIANT, CRITERIA, newest, overridden)).problem();
  }

  private static Verdict verdict(
      VerdictKind kind, String application, Digest subject, Digest criteria, Outcome outcome) {
    return new Verdict(
        UUID.randomUUID(),
        kind,
        application,
        1,
        subject,
        criteria,
        outcome,
        List.of("accuracy"),
        List.of());
  }
}
