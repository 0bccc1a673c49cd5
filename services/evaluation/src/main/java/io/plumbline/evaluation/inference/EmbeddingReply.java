package io.plumbline.evaluation.inference;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The reply of inference to a request for embeddings. */
public sealed interface EmbeddingReply permits EmbeddingReply.Embedded, Reply.Failure {

  /**
   * The embeddings of texts.
   *
   * @param vectors the embeddings in the order of the texts
   * @param costUsd absent when inference knows no price
   */
  record Embedded(List<float[]> vectors, long tokens, @Nullable BigDecimal costUsd)
      implements EmbeddingReply {}

  /**
   * Reads the embeddings from the body of a response.
   *
   * @param body a response of the OpenAI API, with embeddings as lists of numbers
   */
  static EmbeddingReply of(String body, @Nullable BigDecimal cost, JsonMapper json) {
    JsonNode answer;
    try {
      answer = json.readTree(body);
    } catch (JacksonException e) {
      return new Reply.Refused(
          "The response of inference to the request for embeddings is not JSON");
    }
    TreeMap<Integer, float[]> vectors = new TreeMap<>();
    for (JsonNode each : answer.path("data")) {
      JsonNode numbers = each.path("embedding");
      float[] vector = new float[numbers.size()];
      for (int i = 0; i < vector.length; i++) {
        vector[i] = numbers.path(i).floatValue(Float.NaN);
      }
      vectors.put(each.path("index").asInt(vectors.size()), vector);
    }
    return new Embedded(
        new ArrayList<>(vectors.values()), answer.at("/usage/prompt_tokens").asLong(0), cost);
  }
}
