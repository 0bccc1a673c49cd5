package io.plumbline.compliance.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class EntryOutcomeTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          action.denied    | {"decision":"APPROVED"}               | DENIED
          approval.decided | {"decision":"REJECTED"}               | REJECTED
          verdict.issued   | {"outcome":"PASS"}                    | PASS
          release.changed  | {"state":"canary"}                    | CANARY
          verdict.issued   | {"state":"x","outcome":"FAIL"}        | FAIL
          risk.changed     | {"likelihood":3}                      | RECORDED
          risk.changed     | {"state":""}                          | RECORDED
          risk.changed     | {"state":{"nested":true}}             | RECORDED
          """)
  void the_first_field_that_has_an_outcome_decides(String type, String payload, String outcome) {
    assertThat(EntryOutcome.of(type, JsonMapper.builder().build().readTree(payload)))
        .isEqualTo(outcome);
  }

  @Test
  void a_text_of_more_than_40_characters_is_no_outcome() {
    JsonMapper json = JsonMapper.builder().build();

    assertThat(EntryOutcome.of("t", json.createObjectNode().put("state", "s".repeat(40))))
        .isEqualTo("S".repeat(40));
    assertThat(EntryOutcome.of("t", json.createObjectNode().put("state", "s".repeat(41))))
        .isEqualTo("RECORDED");
  }
}
