package io.plumbline.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTypesTests {

  @Test
  void a_type_and_its_name_are_found_by_each_other() {
    assertThat(EventTypes.firstVersionType("action.denied"))
        .isEqualTo("io.plumbline.action.denied.v1")
        .isEqualTo(EventTypes.typeOf(ActionDenied.class));
    assertThat(EventTypes.nameOf("io.plumbline.action.denied.v1")).isEqualTo("action.denied");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "action.denied", "io.plumbline.action.denied", "io.plumbline.v1"})
  void what_is_no_type_has_itself_as_its_name(String text) {
    assertThat(EventTypes.nameOf(text)).isEqualTo(text);
  }
}
