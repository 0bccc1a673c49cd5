package io.plumbline.inference.serving;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes vectors in the form that was requested. */
final class EmbeddingVectors {

  /**
   * The answer of a model that embeds.
   *
   * @param body the answer in OpenAI's shape
   * @param truncated whether a part of the input was not read
   * @param modelNanos the time that the model took
   */
  record Embedded(ObjectNode body, long tokens, boolean truncated, long modelNanos) {}

  private static final String FIELD = "embedding";

  private EmbeddingVectors() {}

  static void writeVector(ObjectNode item, float[] vector, boolean base64) {
    if (base64) {
      item.put(FIELD, base64Of(vector));
      return;
    }
    ArrayNode numbers = item.putArray(FIELD);
    for (float value : vector) {
      numbers.add(value);
    }
  }

  /** Encodes a vector of numbers. Some providers return numbers whatever encoding is requested. */
  static void encodeNumbers(ObjectNode item) {
    JsonNode numbers = item.path(FIELD);
    if (!numbers.isArray()) {
      return;
    }
    float[] vector = new float[numbers.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) numbers.get(i).asDouble(0);
    }
    item.put(FIELD, base64Of(vector));
  }

  /** Returns the Base64 of little-endian 32-bit floats, which OpenAI's clients expect. */
  private static String base64Of(float[] vector) {
    ByteBuffer bytes =
        ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector);
    return Base64.getEncoder().encodeToString(bytes.array());
  }
}
