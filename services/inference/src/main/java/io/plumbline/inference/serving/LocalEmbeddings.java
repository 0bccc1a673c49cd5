package io.plumbline.inference.serving;

import io.plumbline.inference.local.Encoders;
import io.plumbline.inference.serving.EmbeddingVectors.Embedded;
import io.plumbline.inference.serving.protocol.OpenAiError;
import io.plumbline.localmodels.Embedding;
import io.plumbline.localmodels.EncoderModel;
import io.plumbline.localmodels.Urgency;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Embeds texts with a model in this process. */
@Component
class LocalEmbeddings {

  private final Encoders encoders;
  private final JsonMapper json;

  LocalEmbeddings(Encoders encoders, JsonMapper json) {
    this.encoders = encoders;
    this.json = json;
  }

  Embedded embed(String model, EncoderModel encoder, EmbeddingRequest request) {
    List<String> texts = requireTexts(request.inputs());
    JsonNode dimensions = request.body().path("dimensions");
    if (!dimensions.isMissingNode() && dimensions.asInt(0) != EncoderModel.DIMENSIONS) {
      throw OpenAiError.invalid(
          "dimensions",
          "%s always has %d dimensions: omit dimensions."
              .formatted(model, EncoderModel.DIMENSIONS));
    }
    Urgency urgency = request.isBulk() ? Urgency.BULK : Urgency.SERVING;
    long before = System.nanoTime();
    List<Embedding> embeddings =
        encoders.embed(encoder, texts, encoders.defaultMaxTokens(), urgency);
    long nanos = System.nanoTime() - before;
    ObjectNode answer = json.createObjectNode().put("object", "list");
    ArrayNode data = answer.putArray("data");
    for (int i = 0; i < embeddings.size(); i++) {
      EmbeddingVectors.writeVector(
          data.addObject().put("object", "embedding").put("index", i),
          embeddings.get(i).vector(),
          request.wantsBase64());
    }
    return new Embedded(
        answer,
        embeddings.stream().mapToLong(Embedding::tokens).sum(),
        embeddings.stream().anyMatch(Embedding::truncated),
        nanos);
  }

  private static List<String> requireTexts(List<JsonNode> inputs) {
    List<String> texts = new ArrayList<>(inputs.size());
    for (JsonNode input : inputs) {
      if (!input.isString()) {
        throw OpenAiError.invalid(
            "input", "input must contain non-empty strings; lists of token ids are not supported.");
      }
      texts.add(input.asString());
    }
    return texts;
  }
}
