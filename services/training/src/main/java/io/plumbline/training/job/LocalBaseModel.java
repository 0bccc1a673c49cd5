package io.plumbline.training.job;

import io.plumbline.localmodels.EncoderModel;
import java.util.Optional;

/** The base models whose encoder is installed with the platform. */
public enum LocalBaseModel {
  CHOICE_BGE_SMALL("local/choice-bge-small", EncoderModel.BGE_SMALL),
  CHOICE_MINILM("local/choice-minilm", EncoderModel.MINILM);

  private final String model;
  private final EncoderModel encoder;

  LocalBaseModel(String model, EncoderModel encoder) {
    this.model = model;
    this.encoder = encoder;
  }

  public static Optional<EncoderModel> encoderOf(String model) {
    for (LocalBaseModel each : values()) {
      if (each.model.equals(model)) {
        return Optional.of(each.encoder);
      }
    }
    return Optional.empty();
  }

  static String names() {
    return CHOICE_BGE_SMALL.model + ", " + CHOICE_MINILM.model;
  }
}
