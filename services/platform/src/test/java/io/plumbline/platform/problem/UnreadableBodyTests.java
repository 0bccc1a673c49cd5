package io.plumbline.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.junit.jupiter.api.Test;

class UnreadableBodyTests {

  enum Plain {
    ONE,
    TWO
  }

  enum Written {
    @JsonProperty("system-messages")
    SYSTEM_MESSAGES,
    TOOLS
  }

  @Test
  void what_is_expected_is_named_as_it_is_written_in_json() {
    assertThat(UnreadableBody.expectedForm(Plain.class)).isEqualTo("one of ONE, TWO");
    assertThat(UnreadableBody.expectedForm(Written.class))
        .isEqualTo("one of system-messages, TOOLS");
  }
}
