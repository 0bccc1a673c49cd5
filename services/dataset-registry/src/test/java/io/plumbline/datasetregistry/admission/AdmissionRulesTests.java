package io.plumbline.datasetregistry.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.policy.Policy;
import io.plumbline.policy.PolicyEngine;
import io.plumbline.policy.PolicyTarget;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class AdmissionRulesTests {

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
          0,
          Map.of("ham", 60L, "spam", 40L));

  private static final PolicyEngine ENGINE = new PolicyEngine();

  private static List<String> refusals(String expression, Purpose... purposes) {
    return AdmissionRules.refusals(
        List.of(
            policy(
                List.of(Map.of("name", "rule", "expression", expression, "message", "Do this.")))),
        INPUT,
        EnumSet.copyOf(List.of(purposes)));
  }

  private static Policy policy(List<Map<String, String>> rules) {
    return ENGINE.load(
        PolicyTarget.DATASET_ADMISSION, JsonMapper.shared().writeValueAsString(rules));
  }

  @Test
  void reads_every_variable_of_the_target() {
    String all =
        "dataset.name == 'mails' && dataset.version == 2 && dataset.kind == 'CLASSIFICATION' &&"
            + " dataset.rows == 100 && dataset.piiFindings == 7 && !dataset.masked &&"
            + " dataset.exactDuplicates == 3 && dataset.nearDuplicates == 4 && dataset.licence =="
            + " 'CC0-1.0' && dataset.legalBasis == '' && dataset.leakage == 0 &&"
            + " dataset.labels['spam'] == 40 && purpose == 'TRAIN'";
    assertThat(refusals(all, Purpose.TRAIN)).isEmpty();
  }

  @Test
  void a_rule_that_does_not_hold_refuses_with_its_message() {
    assertThat(refusals("dataset.piiFindings == 0 || dataset.masked", Purpose.TRAIN, Purpose.INDEX))
        .containsExactly("Do this.");
  }

  @Test
  void says_for_which_purpose() {
    assertThat(refusals("purpose != 'TRAIN'", Purpose.TRAIN, Purpose.EVALUATE))
        .containsExactly("TRAIN: Do this.");
  }

  @Test
  void each_kind_has_its_purposes_whatever_policies_say() {
    Set<Purpose> all = EnumSet.allOf(Purpose.class);
    assertThat(AdmissionRules.refusalsForDatasetKind("CHAT", all))
        .containsExactly(
            "TRAIN: a dataset of the kind CHAT can be admitted to EVALUATE only. Use one of"
                + " labelled texts.",
            "INDEX: a dataset of the kind CHAT can be admitted to EVALUATE only. Use one of"
                + " documents or labelled texts.");
    assertThat(AdmissionRules.refusalsForDatasetKind("CHAT", Set.of(Purpose.EVALUATE))).isEmpty();
    assertThat(AdmissionRules.refusalsForDatasetKind("QUESTION_ANSWER", all)).hasSize(2);
    assertThat(AdmissionRules.refusalsForDatasetKind("DOCUMENTS", all))
        .containsExactly(
            "TRAIN: a dataset of the kind DOCUMENTS can be admitted to INDEX only. Use one of"
                + " labelled texts.",
            "EVALUATE: a dataset of the kind DOCUMENTS can be admitted to INDEX only. Use one of"
                + " labelled texts, conversations or questions.");
    assertThat(AdmissionRules.refusalsForDatasetKind("PREFERENCE", all))
        .containsExactly(
            "INDEX: a dataset of the kind PREFERENCE can be admitted to TRAIN only. Use one of"
                + " documents or labelled texts.",
            "EVALUATE: a dataset of the kind PREFERENCE can be admitted to TRAIN only. Use one of"
                + " labelled texts, conversations or questions.");
    assertThat(AdmissionRules.refusalsForDatasetKind("CLASSIFICATION", all)).isEmpty();
  }

  @Test
  void a_rule_that_cannot_be_evaluated_refuses() {
    assertThat(refusals("dataset.labels['eggs'] > 0", Purpose.TRAIN))
        .singleElement()
        .asString()
        .startsWith("rule could not be evaluated:");
    assertThat(refusals("dataset.nonsense", Purpose.TRAIN))
        .singleElement()
        .asString()
        .startsWith("rule could not be evaluated:");
    assertThat(
            refusals(
                "[1,2,3,4,5,6,7,8,9,10].all(a, [1,2,3,4,5,6,7,8,9,10].all(b,"
                    + " [1,2,3,4,5,6,7,8,9,10,11].all(c, a+b+c > 0)))",
                Purpose.TRAIN))
        .singleElement()
        .asString()
        .startsWith("rule could not be evaluated:");
  }

  @Test
  void all_reasons_are_named_at_once() {
    Policy first =
        policy(
            List.of(
                Map.of("name", "a", "expression", "false", "message", "First."),
                Map.of("name", "b", "expression", "true", "message", "Never.")));
    Policy second =
        policy(List.of(Map.of("name", "c", "expression", "false", "message", "Third.")));
    assertThat(AdmissionRules.refusals(List.of(first, second), INPUT, Set.of(Purpose.TRAIN)))
        .containsExactly("First.", "Third.");
  }
}
