package io.plumbline.datasetregistry.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.policy.PolicyTarget;
import io.plumbline.policy.Variable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConcurrencyLimiterTests {

  private static final AdmissionInput INPUT =
      new AdmissionInput(
          "mails",
          2,
          "CLASSIFICATION",
          100,
          7,
          2,
          false,
          3,
          4,
          "CC0-1.0",
          "",
          1,
          Map.of("ham", 60L));

  /** A variable that is missing would make every rule that uses it refuse. */
  @Test
  void the_gate_supplies_every_variable_of_its_target_and_no_other() {
    assertThat(INPUT.policyVariables(Purpose.TRAIN))
        .containsOnlyKeys(
            PolicyTarget.DATASET_ADMISSION.vocabulary().stream()
                .map(Variable::name)
                .toArray(String[]::new));
  }

  @Test
  void integers_are_of_the_type_that_policies_compute_with() {
    assertThat(
            List.of(
                "dataset.version",
                "dataset.rows",
                "dataset.piiFindings",
                "dataset.instructionFindings",
                "dataset.leakage"))
        .allSatisfy(name ->
            assertThat(INPUT.policyVariables(Purpose.INDEX).get(name)).isInstanceOf(Long.class));
    assertThat(INPUT.policyVariables(Purpose.INDEX)).containsEntry("purpose", "INDEX");
  }
}
