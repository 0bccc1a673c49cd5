package io.plumbline.inference.provider.protocol;

import static io.plumbline.inference.provider.protocol.RequestFields.isSet;

import io.plumbline.inference.UnsupportedRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Translates embeddings by {@code batchEmbedContents} (<a
 * href="https://ai.google.dev/api/embeddings">reference</a>).
 */
final class GeminiEmbeddings {

  /**
   * The translated fields. The encoding of the vectors is ignored: the API always returns numbers.
   */
  private static final Set<String> TRANSLATED =
      Set.of("model", "input", "dimensions", "encoding_format");

  private GeminiEmbeddings() {}

  static ObjectNode translatedRequest(ObjectNode request, GeminiModel model) {
    RequestFields fields = new RequestFields(request, model.nameForCallers(), GeminiProtocol.TITLE);
    fields.requireOnlyFields(TRANSLATED);
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode requests = body.putArray("requests");
    for (JsonNode text : inputTexts(fields.get("input"))) {
      if (!text.isString()) {
        throw new UnsupportedRequest(
            "unsupported_content",
            "input",
            model.nameForCallers()
                + " embeds texts: send a string or a list of strings, not token ids.");
      }
      ObjectNode each = requests.addObject().put("model", model.resource());
      each.putObject("content").putArray("parts").addObject().set("text", text);
      if (isSet(fields.get("dimensions"))) {
        each.set("outputDimensionality", fields.get("dimensions"));
      }
    }
    return body;
  }

  private static List<JsonNode> inputTexts(JsonNode input) {
    return input.isArray() ? input.valueStream().toList() : List.of(input);
  }

  /** Returns the answer in OpenAI's shape; empty when the body is no answer. */
  static Optional<ObjectNode> translatedAnswer(ObjectNode body) {
    JsonNode embeddings = body.path("embeddings");
    if (!embeddings.isArray()
        || !embeddings.valueStream().allMatch(each -> each.path("values").isArray())) {
      return Optional.empty();
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("object", "list");
    ArrayNode data = answer.putArray("data");
    for (JsonNode each : embeddings.values()) {
      ObjectNode item = data.addObject().put("object", "embedding").put("index", data.size() - 1);
      item.set("embedding", each.path("values"));
    }
    JsonNode tokens = body.path("usageMetadata").path("promptTokenCount");
    if (tokens.isNumber()) {
      answer
          .putObject("usage")
          .put("prompt_tokens", tokens.asLong())
          .put("total_tokens", tokens.asLong());
    }
    return Optional.of(answer);
  }
}
