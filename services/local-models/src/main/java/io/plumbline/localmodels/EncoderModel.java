package io.plumbline.localmodels;

import java.util.Arrays;
import java.util.Optional;

/** The text encoders whose weights come with the platform: both 8-bit quantised, 384 dimensions, English. */
public enum EncoderModel {
  /** Xiao et al. 2023, C-Pack; MIT licence. Its authors pool the first token. */
  BGE_SMALL("bge-small-en-v1.5", "bge-small-en-v1.5-q", Pooling.FIRST_TOKEN),
  /** Reimers and Gurevych 2019, Sentence-BERT; Apache-2.0 licence. Its authors pool the mean of all tokens. */
  MINILM("all-minilm-l6-v2", "all-minilm-l6-v2-q", Pooling.MEAN);

  /** Both encoders were built with 512 positions. */
  public static final int MAX_TOKENS = 512;

  public static final int DIMENSIONS = 384;

  /** How token vectors become one text vector. */
  enum Pooling { FIRST_TOKEN, MEAN }

  private final String id;
  private final String resource;
  private final Pooling pooling;

  EncoderModel(String id, String resource, Pooling pooling) {
    this.id = id;
    this.resource = resource;
    this.pooling = pooling;
  }

  /** The name by which artifacts and requests refer to the encoder. */
  public String id() {
    return id;
  }

  Pooling pooling() {
    return pooling;
  }

  String weightsResource() {
    return "/" + resource + ".onnx";
  }

  String vocabularyResource() {
    return "/" + resource + "-tokenizer.json";
  }

  public static Optional<EncoderModel> of(String id) {
    return Arrays.stream(values()).filter(model -> model.id.equals(id)).findFirst();
  }
}
