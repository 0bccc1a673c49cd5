package io.plumbline.localmodels;

import io.plumbline.contracts.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The text encoders whose weights come with the platform: both 8-bit quantised, 384 dimensions,
 * English.
 */
public enum EncoderModel {
  /** Xiao et al. 2023, C-Pack; MIT licence. Its authors pool the first token. */
  BGE_SMALL("bge-small-en-v1.5", "bge-small-en-v1.5-q", Pooling.FIRST_TOKEN),
  /**
   * Reimers and Gurevych 2019, Sentence-BERT; Apache-2.0 licence. Its authors pool the mean of all
   * tokens.
   */
  MINILM("all-minilm-l6-v2", "all-minilm-l6-v2-q", Pooling.MEAN);

  /** Both encoders were built with 512 positions. */
  public static final int MAX_TOKENS = 512;

  public static final int DIMENSIONS = 384;

  /** How token vectors become one text vector. */
  enum Pooling {
    FIRST_TOKEN,
    MEAN
  }

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

  /**
   * What {@link Encoder#digest()} says, found by reading the class path instead of loading the
   * network.
   */
  public Digest digest() {
    MessageDigest sha256 = Digest.sha256();
    for (String resource : List.of(vocabularyResource(), weightsResource())) {
      try (InputStream content =
          Objects.requireNonNull(EncoderModel.class.getResourceAsStream(resource), resource)) {
        new DigestInputStream(content, sha256).transferTo(OutputStream.nullOutputStream());
      } catch (IOException e) {
        throw new UncheckedIOException(resource + " cannot be read", e);
      }
    }
    sha256.update(pooling.name().getBytes(StandardCharsets.US_ASCII));
    return Digest.ofRaw(sha256.digest());
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
