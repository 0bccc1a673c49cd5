package io.plumbline.inference.abstention;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AbstentionTests {

  private static final Abstention NONE = new Abstention(0.5, "{\"label\":\"none\"}");

  @Test
  void a_model_that_is_not_sure_enough_abstains() {
    assertThat(NONE.appliesTo(0.4999, "{\"label\":\"spam\"}")).isTrue();
    assertThat(NONE.appliesTo(0.5, "{\"label\":\"spam\"}")).isFalse();
    assertThat(NONE.appliesTo(1.0, "{\"label\":\"spam\"}")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"label\":\"none\"}", " { \"label\" : \"none\" }\n"})
  void a_model_that_gives_the_answer_itself_abstains_however_sure_it_is(String said) {
    assertThat(NONE.appliesTo(1.0, said)).isTrue();
  }

  @Test
  void a_text_is_no_json() {
    Abstention text = new Abstention(0.0, "I do not know.");
    assertThat(text.appliesTo(0.0, "Nobody knows.")).isFalse();
    assertThat(text.appliesTo(0.0, "I do not know. ")).isTrue();
    assertThat(text.appliesTo(null, "")).isFalse();
  }
}
