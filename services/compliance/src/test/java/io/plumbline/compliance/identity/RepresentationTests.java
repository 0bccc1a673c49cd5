package io.plumbline.compliance.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepresentationTests {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"credentials\":[{\"type\":\"password\",\"value\":\"hunter2\"}]}",
        "{\"clientSecret\":\"hunter2\", \"a\" : 1}",
        "{\"a\":1,\"Password\":{\"deep\":[\"hunter2\"]}}",
        "{\"privateKey\":[\"hunter2\"],\"a\":1,\"value\":\"hunter2\"}"
      })
  void members_that_may_hold_a_secret_are_not_part_of_the_digest(String json) {
    assertThat(Representation.of(json).digest()).isEqualTo(Digest.ofText("{\"a\":1}"));
  }

  @Test
  void another_content_has_another_digest() {
    assertThat(Representation.of("{\"a\":1.0}").digest())
        .isNotEqualTo(Representation.of("{\"a\":1}").digest());
  }

  @Test
  void what_is_no_json_has_no_digest() {
    assertThat(Representation.of("password=hunter2")).isEqualTo(Representation.NONE);
    assertThat(Representation.of("[".repeat(500_000))).isEqualTo(Representation.NONE);
  }

  @Test
  void roles_groups_and_clients_are_named_and_people_are_not() {
    assertThat(Representation.of("[{\"name\":\"approver\"},{\"name\":\"sre\"}]").names())
        .containsExactly("approver", "sre");
    assertThat(Representation.of("{\"clientId\":\"gateway\",\"x\":{\"name\":\"no\"}}").names())
        .containsExactly("gateway");
    assertThat(Representation.of("{\"username\":\"vera\",\"firstName\":\"V\"}").names()).isEmpty();
    assertThat(Representation.of("[" + "{\"name\":\"r\"},".repeat(99) + "{}]").names())
        .hasSize(Representation.MAX_NAMES);
  }

  @Test
  void the_workspace_of_an_account_is_read() {
    UUID workspace = UUID.randomUUID();
    assertThat(Representation.of("{\"attributes\":{\"workspace\":[\"" + workspace + "\",\"?\"]}}"))
        .extracting(Representation::names, Representation::workspaces)
        .containsExactly(List.of(), Set.of(workspace));
  }
}
