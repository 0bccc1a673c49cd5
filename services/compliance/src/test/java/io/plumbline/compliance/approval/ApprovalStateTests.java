package io.plumbline.compliance.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contracts.state.Decision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ApprovalStateTests {

  @ParameterizedTest
  @EnumSource
  void every_decision_has_a_state_of_its_name(Decision decision) {
    assertThat(ApprovalState.valueOf(decision.name()).decision()).isEqualTo(decision);
  }

  @ParameterizedTest
  @EnumSource
  void what_an_approver_decides_becomes_the_state(ApproverDecision decision) {
    assertThat(decision.state().name()).isEqualTo(decision.name());
  }

  @Test
  void a_pending_approval_has_no_decision() {
    assertThatThrownBy(ApprovalState.PENDING::decision)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("A pending approval has no decision");
  }
}
