package io.plumbline.modelregistry.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.state.Outcome;
import io.plumbline.modelregistry.projection.ModelEvidence.Finding;
import io.plumbline.modelregistry.projection.ModelEvidence.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The findings that make a champion and those against it, in the order of their numbers. */
class ModelEvidenceTests {

  private static final Finding PASS = verdict("mail", Outcome.PASS, true);
  private static final Finding FORMER_PASS = verdict("mail", Outcome.PASS, false);
  private static final Finding FAIL = verdict("mail", Outcome.FAIL, true);
  private static final Finding INCONCLUSIVE = verdict("mail", Outcome.INCONCLUSIVE, true);
  private static final Finding HALTED =
      new Finding("mail", Source.CANARY, "r", Outcome.INCONCLUSIVE, false);
  private static final Finding FAIL_ELSEWHERE = verdict("chat", Outcome.FAIL, true);

  @Test
  void a_model_that_nobody_judged_has_passed_nothing() {
    assertThat(of().hasPassed()).isFalse();
    assertThat(of().findingsAgainst()).isEmpty();
  }

  @Test
  void the_newest_finding_of_an_application_has_to_be_a_pass_by_its_criteria_in_force() {
    assertThat(of(PASS, FAIL).hasPassed()).isTrue();
    assertThat(of(FAIL, PASS).hasPassed()).isFalse();
    assertThat(of(INCONCLUSIVE, PASS).hasPassed()).isFalse();
    assertThat(of(FORMER_PASS).hasPassed()).isFalse();
    assertThat(of(HALTED, PASS).hasPassed()).isFalse();
  }

  @Test
  void a_failure_stands_until_a_newer_pass_answers_it() {
    assertThat(of(PASS, FAIL).findingsAgainst()).isEmpty();
    assertThat(of(FORMER_PASS, FAIL).findingsAgainst()).isEmpty();
    assertThat(of(FAIL, PASS).findingsAgainst())
        .containsExactly(
            "a PASS verdict in application mail that is newer than this: verdict v is FAIL");
    assertThat(of(INCONCLUSIVE, FAIL).findingsAgainst()).hasSize(1);
    assertThat(of(HALTED, PASS).findingsAgainst())
        .containsExactly(
            "a PASS verdict in application mail that is newer than this: the canary of release r"
                + " was halted");
  }

  @Test
  void what_one_application_says_does_not_answer_another() {
    ModelEvidence evidence = of(PASS, FAIL_ELSEWHERE);

    assertThat(evidence.hasPassed()).isTrue();
    assertThat(evidence.findingsAgainst()).singleElement().asString().contains("application chat");
  }

  private static Finding verdict(String application, Outcome outcome, boolean inForce) {
    return new Finding(application, Source.VERDICT, "v", outcome, inForce);
  }

  private static ModelEvidence of(Finding... newestFirst) {
    return new ModelEvidence(List.of(newestFirst));
  }
}
