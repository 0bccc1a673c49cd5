package io.plumbline.inference.retrieval.encoder;

import io.plumbline.inference.InferenceProblem;
import io.plumbline.platform.problem.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads the vectors of a provider's answer, which may have any content. */
public final class ProviderVectors {

  /** The maximum number of dimensions in an index; no model of the known providers has more. */
  public static final int MAX_DIMENSIONS = 4_096;

  private ProviderVectors() {}

  /**
   * Reads vectors.
   *
   * @param answer the answer in OpenAI's shape
   * @param count the number of vectors that the answer must have
   * @return the vectors; empty when the answer does not have so many lists of numbers
   */
  static Optional<List<float[]>> read(JsonNode answer, int count) {
    JsonNode data = answer.path("data");
    float[][] vectors = new float[count][];
    int position = 0;
    for (JsonNode item : data.valueStream().toList()) {
      int place = item.path("index").asInt(position);
      JsonNode numbers = item.path("embedding");
      if (place < 0
          || place >= count
          || vectors[place] != null
          || !numbers.isArray()
          || !numbers.valueStream().allMatch(JsonNode::isNumber)) {
        return Optional.empty();
      }
      vectors[place] = toVector(numbers);
      position++;
    }
    if (position != count) {
      return Optional.empty();
    }
    return Optional.of(Arrays.asList(vectors));
  }

  private static float[] toVector(JsonNode numbers) {
    float[] vector = new float[numbers.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = numbers.get(i).floatValue();
    }
    return vector;
  }

  /**
   * Returns the vectors scaled to length 1.
   *
   * @param encoder the name of the encoder, for messages
   * @throws Problem for vectors that cannot be searched by
   */
  static List<float[]> normalised(List<float[]> vectors, String encoder) {
    int dimensions = vectors.getFirst().length;
    if (dimensions == 0 || dimensions > MAX_DIMENSIONS) {
      throw unfitVectorsProblem(
          "Encoder %s gives vectors of %,d dimensions, and an index has 1 to %,d: use another model."
              .formatted(encoder, dimensions, MAX_DIMENSIONS));
    }
    for (float[] vector : vectors) {
      if (vector.length != dimensions) {
        throw unfitVectorsProblem(
            "Encoder %s gave vectors of %,d and of %,d dimensions in one answer: use another model."
                .formatted(encoder, dimensions, vector.length));
      }
    }
    return vectors.stream().map(vector -> normalised(vector, encoder)).toList();
  }

  private static float[] normalised(float[] vector, String encoder) {
    double sum = 0;
    for (float value : vector) {
      sum += (double) value * value;
    }
    double length = Math.sqrt(sum);
    if (!(length > 0 && Double.isFinite(length))) {
      throw unfitVectorsProblem(
          "Encoder %s gave a vector of length %s, which is near to nothing: use another model."
              .formatted(encoder, length));
    }
    float[] normal = new float[vector.length];
    for (int i = 0; i < normal.length; i++) {
      normal[i] = (float) (vector[i] / length);
    }
    return normal;
  }

  static Problem unfitVectorsProblem(String detail) {
    return new Problem(InferenceProblem.UNFIT_EMBEDDING, detail);
  }
}
