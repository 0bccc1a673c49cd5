package io.plumbline.compliance.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.policy.Compilation;
import io.plumbline.policy.Policy;
import io.plumbline.policy.PolicyEngine;
import io.plumbline.policy.PolicyTarget;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests what the preset policies refuse. */
class PolicyPresetsTests {

  private static final Map<String, Object> CLEAN_DATASET =
      Map.of(
          "dataset.rows",
          500L,
          "dataset.piiFindings",
          0L,
          "dataset.masked",
          false,
          "dataset.licence",
          "CC0-1.0",
          "dataset.legalBasis",
          "",
          "dataset.leakage",
          0L,
          "dataset.labels",
          Map.of("spam", 100L),
          "purpose",
          "TRAIN");
  private static final Map<String, Object> FAILED_RELEASE =
      Map.of(
          "release.environment",
          "production",
          "release.canaryPercent",
          10L,
          "release.override",
          false,
          "verdict.outcome",
          "FAIL",
          "verdict.reasons",
          List.of(),
          "application.name",
          "mail-triage",
          "application.criticality",
          "HIGH");
  private static final Map<String, Object> SILENT_REJECTION =
      Map.of("approval.decision", "REJECTED", "approval.reason", "");

  private final PolicyEngine engine = new PolicyEngine();

  @Test
  void the_preset_admits_a_clean_dataset() {
    assertThat(admission(Map.of())).isEmpty();
  }

  @Test
  void the_preset_names_every_reason_at_once() {
    assertThat(
            admission(
                Map.of("dataset.piiFindings", 3L, "dataset.licence", "", "dataset.leakage", 2L)))
        .containsExactly(
            "Personal data or secrets were found: mask them, then request admission of the new"
                + " version.",
            "Rows of different subsets of a split are equal or near-duplicates: split again without"
                + " duplicates.",
            "The dataset has no licence: state the one under which its rows may be used.",
            "Personal data was found and no legal basis is given: state the one on which it is"
                + " processed.");
  }

  @Test
  void masked_personal_data_still_needs_a_legal_basis() {
    assertThat(
            admission(
                Map.of(
                    "dataset.piiFindings",
                    3L,
                    "dataset.masked",
                    true,
                    "dataset.legalBasis",
                    "consent")))
        .isEmpty();
  }

  @Test
  void an_empty_dataset_is_refused() {
    assertThat(admission(Map.of("dataset.rows", 0L)))
        .containsExactly("The version has no rows: upload one that has.");
  }

  @Test
  void a_failed_verdict_needs_an_override() {
    Policy release = preset(PolicyTarget.RELEASE, "release-default");

    assertThat(release.refusalReasons(FAILED_RELEASE)).hasSize(1);
    assertThat(release.refusalReasons(with(FAILED_RELEASE, Map.of("release.override", true))))
        .isEmpty();
    assertThat(release.refusalReasons(with(FAILED_RELEASE, Map.of("verdict.outcome", "PASS"))))
        .isEmpty();
  }

  @Test
  void a_rejection_needs_a_reason() {
    Policy approval = preset(PolicyTarget.APPROVAL, "approval-default");

    assertThat(approval.refusalReasons(SILENT_REJECTION))
        .containsExactly("Give a reason for the rejection, so that the requester can improve.");
    assertThat(
            approval.refusalReasons(with(SILENT_REJECTION, Map.of("approval.reason", "too early"))))
        .isEmpty();
    assertThat(
            approval.refusalReasons(
                with(SILENT_REJECTION, Map.of("approval.decision", "APPROVED"))))
        .isEmpty();
  }

  private List<String> admission(Map<String, Object> changed) {
    return preset(PolicyTarget.DATASET_ADMISSION, "dataset-admission-default")
        .refusalReasons(with(CLEAN_DATASET, changed));
  }

  private static Map<String, Object> with(
      Map<String, Object> variables, Map<String, Object> changed) {
    Map<String, Object> all = new HashMap<>(variables);
    all.putAll(changed);
    return all;
  }

  private Policy preset(PolicyTarget target, String name) {
    return switch (engine.compile(target, PolicyPresets.source(name))) {
      case Compilation.Compiled compiled -> compiled.policy();
      case Compilation.Invalid flawed -> throw new AssertionError(flawed.flaws().toString());
    };
  }
}
