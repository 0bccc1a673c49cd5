package io.plumbline.training.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.localmodels.EncoderModel;
import org.junit.jupiter.api.Test;

class LocalBaseModelTests {

  @Test
  void a_local_choice_model_has_the_encoder_that_its_head_is_trained_on() {
    assertThat(LocalBaseModel.encoderOf("local/choice-minilm")).contains(EncoderModel.MINILM);
    assertThat(LocalBaseModel.encoderOf("local/choice-bge-small")).contains(EncoderModel.BGE_SMALL);
  }

  @Test
  void no_other_model_has_one() {
    assertThat(LocalBaseModel.encoderOf("choice-minilm")).isEmpty();
    assertThat(LocalBaseModel.encoderOf("openai/gpt-4o-mini")).isEmpty();
  }
}
