package io.plumbline.compliance.risk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RiskChangeTests {

  private static final RiskLevel FORMER = new RiskLevel(2, 4);
  private static final List<String> FORMER_EVIDENCE = List.of("run 7");

  @Test
  void absent_fields_keep_their_value() {
    RiskChange nothing = new RiskChange(null, null, null, null);

    assertThat(nothing.residualAfter(FORMER)).isEqualTo(FORMER);
    assertThat(nothing.mitigationAfter("lint")).isEqualTo("lint");
    assertThat(nothing.evidenceAfter(FORMER_EVIDENCE)).isEqualTo(FORMER_EVIDENCE);
  }

  @Test
  void given_fields_replace_theirs() {
    RiskChange change = new RiskChange(5, null, "review", List.of());

    assertThat(change.residualAfter(FORMER)).isEqualTo(new RiskLevel(5, 4));
    assertThat(change.mitigationAfter("lint")).isEqualTo("review");
    assertThat(change.evidenceAfter(FORMER_EVIDENCE)).isEmpty();
  }

  @Test
  void impact_changes_on_its_own() {
    assertThat(new RiskChange(null, 1, null, null).residualAfter(FORMER))
        .isEqualTo(new RiskLevel(2, 1));
  }
}
