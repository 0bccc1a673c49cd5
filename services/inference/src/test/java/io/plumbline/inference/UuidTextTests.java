package io.plumbline.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UuidTextTests {

  @Test
  void a_uuid_is_read_as_it_is_written() {
    UUID id = UUID.randomUUID();

    assertThat(UuidText.parse(id.toString())).contains(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1-1-1-1-1",
        "0190A000-0000-7000-8000-00000000000A",
        "0190a000-0000-7000-8000-00000000000a?",
        "0190a00000007000800000000000000a"
      })
  void what_is_written_otherwise_is_none(String text) {
    assertThat(UuidText.parse(text)).isEmpty();
  }
}
