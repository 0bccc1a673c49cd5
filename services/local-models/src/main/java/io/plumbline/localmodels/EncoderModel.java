package io.plumbline.localmodels;

import io.plumbline.contracts.Digest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The text encoders whose weights come with the platform: 384 dimensions, English.
 *
 * <p>Two sets of weights share a name. The 32-bit ones give the same vectors on every processor, to
 * the seventh digit, and everything new is made with them. The 8-bit ones quantise activations
 * while they run, so their figures depend on the processor. They serve only what was indexed,
 * trained and released with them before. A digest distinguishes the two. See {@code docs/adr/0050}.
 */
public enum EncoderModel {
  /** The encoder of Xiao et al. 2023, C-Pack; MIT licence. Its authors pool the first token. */
  BGE_SMALL(
      "bge-small-en-v1.5",
      "bge-small-en-v1.5",
      Pooling.FIRST_TOKEN,
      "99c773dcba79c0b3648171efcdce4f01d4811713fb6fe71a11766e5d6eee8ee7"),
  /**
   * The encoder of Reimers and Gurevych 2019, Sentence-BERT; Apache-2.0 licence. Its authors pool
   * the mean of all tokens.
   */
  MINILM(
      "all-minilm-l6-v2",
      "all-minilm-l6-v2",
      Pooling.MEAN,
      "235241f20d5c80feb4179c6eced071cc4deb645a9e905eaca7b63e7e069db50e"),
  /** The 8-bit weights of {@link #BGE_SMALL}. */
  BGE_SMALL_8_BIT(
      "bge-small-en-v1.5",
      "bge-small-en-v1.5-q",
      Pooling.FIRST_TOKEN,
      "6dd8ee88022abf5495e3190874503e2975a5b114e3c0917c91da124421ae4de3"),
  /** The 8-bit weights of {@link #MINILM}. */
  MINILM_8_BIT(
      "all-minilm-l6-v2",
      "all-minilm-l6-v2-q",
      Pooling.MEAN,
      "e55cd4e85576973656f4cb1748325eb2cb65b3c73e11986b495386fa972d64bb");

  /** The number of positions of each encoder, and so the most tokens that it can read. */
  public static final int MAX_TOKENS = 512;

  public static final int DIMENSIONS = 384;

  private static final List<EncoderModel> CURRENT = List.of(BGE_SMALL, MINILM);

  /** The ways to make one text vector of token vectors. */
  enum Pooling {
    FIRST_TOKEN,
    MEAN
  }

  private final String id;
  private final String resource;
  private final Pooling pooling;
  private final String digest;

  EncoderModel(String id, String resource, Pooling pooling, String digest) {
    this.id = id;
    this.resource = resource;
    this.pooling = pooling;
    this.digest = digest;
  }

  /** Returns the encoders that everything new is made with, one of each name. */
  public static List<EncoderModel> currentModels() {
    return CURRENT;
  }

  /** Returns the encoder of a name that everything new is made with. */
  public static Optional<EncoderModel> of(String id) {
    return CURRENT.stream().filter(model -> model.id.equals(id)).findFirst();
  }

  /** Returns the encoder that something was made with; empty when its weights are not installed. */
  public static Optional<EncoderModel> of(String id, Digest digest) {
    return Arrays.stream(values())
        .filter(model -> model.id.equals(id) && model.digest().equals(digest))
        .findFirst();
  }

  /** Returns the 8-bit encoder of a name, with which everything without a digest was made. */
  public static Optional<EncoderModel> findQuantised(String id) {
    return Arrays.stream(values())
        .filter(model -> model.id.equals(id) && !CURRENT.contains(model))
        .findFirst();
  }

  /** Returns the name by which artifacts and requests refer to the encoder. */
  public String id() {
    return id;
  }

  /**
   * Returns the digest of vocabulary, weights and pooling: two encoders of one digest give the same
   * vectors. {@link Encoder#open} compares it with the weights that it loads.
   */
  public Digest digest() {
    return new Digest(digest);
  }

  /**
   * Returns whether texts may be computed together. When activations are quantised, their scale is
   * taken over all texts, and a text's vector would depend on its neighbours.
   */
  boolean canBatch() {
    return CURRENT.contains(this);
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
}
