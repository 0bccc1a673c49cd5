package io.plumbline.training.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.localmodels.EncoderModel;
import org.junit.jupiter.api.Test;

class LocalBaseTests {

  @Test
  void a_local_choice_model_has_the_encoder_that_its_head_is_trained_on() {
    assertThat(LocalBase.encoderOf("local/choice-minilm")).contains(EncoderModel.MINILM);
    assertThat(LocalBase.encoderOf("local/choice-bge-small")).contains(EncoderModel.BGE_SMALL);
  }

  @Test
  void no_other_model_has_one() {
    assertThat(LocalBase.encoderOf("choice-minilm")).isEmpty();
    assertThat(LocalBase.encoderOf("openai/gpt-4o-mini")).isEmpty();
  }
}
