package io.plumbline.inference.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyActorNameTests {

  @Test
  void the_actor_of_a_key_names_the_key() {
    UUID key = UUID.fromString("0190a000-0000-7000-8000-00000000000a");

    assertThat(ApiKeyActorName.of(key)).isEqualTo("api-key:0190a000-0000-7000-8000-00000000000a");
    assertThat(ApiKeyActorName.findKeyId(ApiKeyActorName.of(key))).contains(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ada",
        "system",
        "api-key:",
        "api-key:1-1-1-1-1",
        "0190a000-0000-7000-8000-00000000000a",
        "api-key:0190a000-0000-7000-8000-00000000000a?"
      })
  void what_another_actor_is_called_names_no_key(String actor) {
    assertThat(ApiKeyActorName.findKeyId(actor)).isEmpty();
  }
}
