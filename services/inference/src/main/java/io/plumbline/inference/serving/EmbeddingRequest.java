package io.plumbline.inference.serving;

import io.plumbline.inference.local.LocalModels;
import io.plumbline.inference.serving.protocol.OpenAiError;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request for embeddings.
 *
 * @param inputs the inputs, each a text or a list of token ids
 */
record EmbeddingRequest(ObjectNode body, String model, List<JsonNode> inputs) {

  private static final int MAX_INPUTS = 2_048;

  /** The maximum number of inputs of a call that takes one place and is not treated as bulk. */
  private static final int FEW_INPUTS = 16;

  private static final int BYTES_PER_TOKEN = 4;

  EmbeddingRequest {
    inputs = List.copyOf(inputs);
  }

  /**
   * Reads and checks a request.
   *
   * @throws OpenAiError naming the invalid field
   */
  static EmbeddingRequest read(byte[] bytes, JsonMapper json) {
    ObjectNode body = ChatRequest.readObject(bytes, json);
    String model = body.path("model").asString("");
    if (model.isBlank()) {
      throw OpenAiError.invalidRequest(
          "model",
          "model must be the name of an encoder: "
              + LocalModels.encoderNames()
              + ", or of a provider's model.");
    }
    String encoding = body.path("encoding_format").asString("float");
    if (!encoding.equals("float") && !encoding.equals("base64")) {
      throw OpenAiError.invalidRequest(
          "encoding_format", "encoding_format must be float or base64.");
    }
    return new EmbeddingRequest(body, model, inputs(body.path("input")));
  }

  private static List<JsonNode> inputs(JsonNode input) {
    List<JsonNode> items = itemsOf(input);
    if (items.isEmpty() || items.size() > MAX_INPUTS) {
      throw OpenAiError.invalidRequest(
          "input", "input must be a string or a list of 1 to " + MAX_INPUTS + " strings.");
    }
    for (JsonNode item : items) {
      if (!isTokens(item) && !(item.isString() && !item.asString().isEmpty())) {
        throw OpenAiError.invalidRequest("input", "input must contain non-empty strings.");
      }
    }
    return items;
  }

  private static List<JsonNode> itemsOf(JsonNode input) {
    if (input.isArray() && !isTokens(input)) {
      return input.valueStream().toList();
    }
    return List.of(input);
  }

  private static boolean isTokens(JsonNode input) {
    return input.isArray()
        && !input.isEmpty()
        && input.valueStream().allMatch(JsonNode::isIntegralNumber);
  }

  boolean wantsBase64() {
    return body.path("encoding_format").asString("float").equals("base64");
  }

  boolean isBulk() {
    return inputs.size() > FEW_INPUTS;
  }

  /** Returns the places of the call: more inputs are more work and a larger answer in memory. */
  int requiredPermits() {
    return Math.ceilDiv(inputs.size(), FEW_INPUTS);
  }

  /**
   * Returns the number of tokens where the provider does not count them. Token ids count as they
   * are, and four bytes of text count as one token.
   */
  long estimatedTokens() {
    return inputs.stream().mapToLong(EmbeddingRequest::estimatedTokensOf).sum();
  }

  private static long estimatedTokensOf(JsonNode input) {
    if (input.isArray()) {
      return input.size();
    }
    int bytes = input.asString().getBytes(StandardCharsets.UTF_8).length;
    return Math.ceilDiv(bytes, BYTES_PER_TOKEN);
  }
}
