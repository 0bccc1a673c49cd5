package io.plumbline.demo.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class FineTuningStepTests {

  /**
   * Checks a second start of the demo, which finds the phase as the verdict of the first start left
   * it.
   */
  @ParameterizedTest
  @CsvSource({"LOCKED,false", "OPEN,true", "WAIVED,true", "MET,true", "MISSED,true"})
  void goes_on_unless_the_phase_is_locked(String state, boolean opened) {
    String phases =
        "{\"items\":[{\"phase\":\"RETRIEVAL\",\"state\":\"MET\"},"
            + "{\"phase\":\"FINE_TUNING\",\"state\":\"%s\"}]}".formatted(state);

    assertThat(FineTuningStep.isOpened(JsonMapper.shared().readTree(phases))).isEqualTo(opened);
  }
}
