package io.plumbline.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SqlConditionTests {

  private static final UUID WORKSPACE = UUID.fromString("00000000-0000-7000-8000-000000000001");

  @Test
  void what_is_absent_restricts_nothing() {
    assertThat(SqlCondition.inWorkspace(WORKSPACE).and("model = ?", null))
        .isEqualTo(new SqlCondition("workspace_id = ?", List.of(WORKSPACE)));
  }

  @Test
  void parameters_are_in_the_order_of_their_places() {
    assertThat(SqlCondition.inWorkspace(WORKSPACE).and("model = ?", "m").and("part >= ?", 2))
        .isEqualTo(
            new SqlCondition(
                "workspace_id = ? AND model = ? AND part >= ?", List.of(WORKSPACE, "m", 2)));
  }
}
