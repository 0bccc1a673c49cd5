package io.plumbline.localmodels;

import io.plumbline.contracts.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/**
 * A trained linear softmax head on an encoder: logit(label) = scale · (weights[label] · x +
 * bias[label]) for the unit vector x.
 *
 * <p>The artifact is big-endian: magic {@code PLHEAD}, format version 1, encoder id, the encoder's
 * digest, token limit, scale, dimensions, labels, then weights and bias as 32-bit floats. The same
 * head always gives the same bytes, so its blob is named by its digest.
 */
public final class Classifier {

  /** The size limit of an artifact, larger than any head that {@link #MAX_LABELS} allows. */
  public static final int MAX_ARTIFACT_BYTES = 8 << 20;

  public static final int MAX_LABELS = 1_000;
  private static final int MAX_LABEL_BYTES = 256;
  private static final byte[] MAGIC = "PLHEAD".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;

  private final EncoderModel encoder;
  private final int maxTokens;
  private final List<String> labels;
  private final float scale;
  private final float[][] weights;
  private final float[] bias;

  /**
   * Creates a head from its trained weights.
   *
   * @param encoder the encoder of the vectors that the head was trained on
   * @param maxTokens the token limit it was trained with, and must be used with
   * @param scale the temperature's inverse, kept apart so that weights stay comparable with
   *     embeddings
   * @param weights one row of {@link EncoderModel#DIMENSIONS} per label
   * @throws IllegalArgumentException naming what does not fit
   */
  public Classifier(
      EncoderModel encoder,
      int maxTokens,
      List<String> labels,
      float scale,
      float[][] weights,
      float[] bias) {
    this.encoder = encoder;
    this.maxTokens = maxTokens;
    this.labels = List.copyOf(labels);
    this.scale = scale;
    this.weights = deepCopy(weights);
    this.bias = bias.clone();
    validate();
  }

  public EncoderModel encoder() {
    return encoder;
  }

  public int maxTokens() {
    return maxTokens;
  }

  public List<String> labels() {
    return labels;
  }

  /** Returns the probabilities in the order of {@link #labels()}; they sum to 1. */
  public double[] probabilities(Embedding input) {
    double[] logits = new double[labels.size()];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = scale * (Vectors.dot(weights[i], input.vector()) + bias[i]);
    }
    return Vectors.softmax(logits);
  }

  public byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.write(MAGIC);
      out.writeByte(VERSION);
      writeText(out, encoder.id());
      out.write(encoder.digest().bytes());
      out.writeShort(maxTokens);
      out.writeFloat(scale);
      out.writeShort(EncoderModel.DIMENSIONS);
      out.writeShort(labels.size());
      for (String label : labels) {
        writeText(out, label);
      }
      for (float[] row : weights) {
        writeFloats(out, row);
      }
      writeFloats(out, bias);
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  /** Returns the digest of {@link #bytes()}. */
  public Digest digest() {
    return Digest.of(bytes());
  }

  /**
   * Reads an artifact that may come from anywhere: everything is checked before it is used, in
   * memory bounded by {@link #MAX_ARTIFACT_BYTES}.
   *
   * @throws ArtifactException naming what is wrong
   */
  public static Classifier read(InputStream artifact) throws IOException {
    byte[] bytes = artifact.readNBytes(MAX_ARTIFACT_BYTES + 1);
    if (bytes.length > MAX_ARTIFACT_BYTES) {
      throw new ArtifactException("is larger than " + MAX_ARTIFACT_BYTES + " bytes");
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      Classifier classifier = read(in);
      if (in.read() >= 0) {
        throw new ArtifactException("has bytes after its end");
      }
      return classifier;
    } catch (EOFException e) {
      throw new ArtifactException("ends too early", e);
    } catch (IllegalArgumentException e) {
      throw new ArtifactException("is not a valid classifier: " + e.getMessage(), e);
    }
  }

  private static Classifier read(DataInputStream in) throws IOException {
    if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
      throw new ArtifactException("does not begin with PLHEAD");
    }
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new ArtifactException(
          "has format " + version + "; only format " + VERSION + " can be read");
    }
    String id = readText(in);
    byte[] digest = new byte[32];
    in.readFully(digest);
    EncoderModel encoder =
        EncoderModel.of(id, Digest.ofRaw(digest))
            .orElseThrow(() -> new ArtifactException("names an encoder that is not installed"));
    int maxTokens = in.readUnsignedShort();
    float scale = in.readFloat();
    int dimensions = in.readUnsignedShort();
    if (dimensions != EncoderModel.DIMENSIONS) {
      throw new ArtifactException(
          "has " + dimensions + " dimensions, but its encoder has " + EncoderModel.DIMENSIONS);
    }
    int count = in.readUnsignedShort();
    if (count > MAX_LABELS) {
      throw new ArtifactException(
          "has " + count + " labels; at most " + MAX_LABELS + " can be served");
    }
    String[] labels = new String[count];
    for (int i = 0; i < count; i++) {
      labels[i] = readText(in);
    }
    if (in.available() < (count * (dimensions + 1L)) * Float.BYTES) {
      throw new EOFException();
    }
    float[][] weights = new float[count][];
    for (int i = 0; i < count; i++) {
      weights[i] = readFloats(in, dimensions);
    }
    return new Classifier(
        encoder, maxTokens, List.of(labels), scale, weights, readFloats(in, count));
  }

  private void validate() {
    require(
        maxTokens >= 3 && maxTokens <= EncoderModel.MAX_TOKENS,
        "the token limit must be 3 to " + EncoderModel.MAX_TOKENS);
    require(Float.isFinite(scale) && scale > 0, "the scale must be a positive number");
    require(
        labels.size() >= 2 && labels.size() <= MAX_LABELS,
        "there must be 2 to " + MAX_LABELS + " labels");
    require(new HashSet<>(labels).size() == labels.size(), "labels must differ");
    for (String label : labels) {
      require(!label.isBlank(), "a label must not be blank");
      require(
          label.getBytes(StandardCharsets.UTF_8).length <= MAX_LABEL_BYTES,
          "a label must have at most " + MAX_LABEL_BYTES + " bytes");
    }
    require(
        weights.length == labels.size() && bias.length == labels.size(),
        "there must be weights and a bias for each label");
    for (float[] row : weights) {
      require(
          row.length == EncoderModel.DIMENSIONS,
          "a row of weights must have " + EncoderModel.DIMENSIONS + " numbers");
      requireFinite(row);
    }
    requireFinite(bias);
  }

  private static void requireFinite(float[] values) {
    for (float value : values) {
      require(Float.isFinite(value), "weights and biases must be finite");
    }
  }

  private static void require(boolean valid, String what) {
    if (!valid) {
      throw new IllegalArgumentException(what);
    }
  }

  private static float[][] deepCopy(float[][] rows) {
    float[][] copy = new float[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      copy[i] = rows[i].clone();
    }
    return copy;
  }

  private static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeShort(bytes.length);
    out.write(bytes);
  }

  private static String readText(DataInputStream in) throws IOException {
    int length = in.readUnsignedShort();
    if (length > MAX_LABEL_BYTES) {
      throw new ArtifactException(
          "has a name of " + length + " bytes; at most " + MAX_LABEL_BYTES + " are allowed");
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new ArtifactException("has a name that is not UTF-8", e);
    }
  }

  private static void writeFloats(DataOutputStream out, float[] values) throws IOException {
    for (float value : values) {
      out.writeFloat(value);
    }
  }

  private static float[] readFloats(DataInputStream in, int count) throws IOException {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = in.readFloat();
    }
    return values;
  }
}
