package io.plumbline.inference.serving;

import io.plumbline.inference.local.Encoders;
import io.plumbline.inference.local.LocalModels;
import io.plumbline.inference.provider.ProviderClient;
import io.plumbline.inference.provider.ProviderModel;
import io.plumbline.inference.provider.protocol.UpstreamOperation;
import io.plumbline.inference.serving.protocol.OpenAiError;
import io.plumbline.inference.usage.Tokens;
import io.plumbline.localmodels.Embedding;
import io.plumbline.localmodels.EncoderModel;
import io.plumbline.localmodels.Urgency;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Embeds texts with a model in this process or with the model of a provider. */
@Component
class Embedder {

  /**
   * The answer of a model that embeds.
   *
   * @param body the answer in OpenAI's shape
   * @param truncated whether a part of the input was not read
   * @param modelNanos the time that the model took
   */
  record Embedded(ObjectNode body, long tokens, boolean truncated, long modelNanos) {}

  private static final String FIELD = "embedding";

  private final Encoders encoders;
  private final ProviderClient providers;
  private final JsonMapper json;

  Embedder(Encoders encoders, ProviderClient providers, JsonMapper json) {
    this.encoders = encoders;
    this.providers = providers;
    this.json = json;
  }

  /**
   * Returns the model that embeds. A variant is rejected: its prompt and parameters are made for
   * answers and have no meaning for embeddings.
   */
  Supplier<Embedded> prepareEmbedding(Target target, EmbeddingRequest request) {
    if (target.variant() != null) {
      throw notAnEncoderError(request.model());
    }
    return switch (target.backend()) {
      case Target.Local(var local) when local.kind() == LocalModels.Kind.EMBEDDING ->
          () -> embedLocally(target.name(), local.encoder(), request);
      case Target.External(var external) -> () -> embedByProvider(external, request);
      case Target.Local _ -> throw notAnEncoderError(request.model());
      case Target.Tuned _ -> throw notAnEncoderError(request.model());
    };
  }

  private Embedded embedLocally(String model, EncoderModel encoder, EmbeddingRequest request) {
    List<String> texts = requireTexts(request.inputs());
    JsonNode dimensions = request.body().path("dimensions");
    if (!dimensions.isMissingNode() && dimensions.asInt(0) != EncoderModel.DIMENSIONS) {
      throw OpenAiError.invalidRequest(
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
      writeVector(
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
        throw OpenAiError.invalidRequest(
            "input", "input must contain non-empty strings; lists of token ids are not supported.");
      }
      texts.add(input.asString());
    }
    return texts;
  }

  private Embedded embedByProvider(ProviderModel model, EmbeddingRequest request) {
    long before = System.nanoTime();
    ObjectNode answer = providers.post(model, UpstreamOperation.EMBEDDINGS, request.body());
    long nanos = System.nanoTime() - before;
    JsonNode data = answer.path("data");
    if (data.size() != request.inputs().size()
        || !data.valueStream().allMatch(ObjectNode.class::isInstance)) {
      throw providers.malformedAnswerFailure(model);
    }
    if (request.wantsBase64()) {
      data.forEach(item -> encodeAsBase64((ObjectNode) item));
    }
    long tokens =
        Tokens.reported(answer.path("usage").path("prompt_tokens"))
            .orElseGet(request::estimatedTokens);
    return new Embedded(answer, tokens, false, nanos);
  }

  private static OpenAiError notAnEncoderError(String model) {
    return new OpenAiError(
        400,
        "unsupported_model",
        "model",
        model
            + " cannot embed texts; use "
            + LocalModels.encoderNames()
            + ", or a provider's model.");
  }

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
  static void encodeAsBase64(ObjectNode item) {
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
