package io.plumbline.inference.serving;

import io.plumbline.contracts.Money;
import io.plumbline.inference.local.Encoders;
import io.plumbline.inference.local.LocalModels;
import io.plumbline.inference.projection.ModelProjection;
import io.plumbline.inference.provider.ProviderClient;
import io.plumbline.inference.provider.protocol.UpstreamOperation;
import io.plumbline.inference.trace.Arrivals;
import io.plumbline.inference.trace.Arrivals.Arrival;
import io.plumbline.inference.trace.Steps;
import io.plumbline.inference.usage.Tokens;
import io.plumbline.localmodels.Embedding;
import io.plumbline.localmodels.EncoderModel;
import io.plumbline.localmodels.Urgency;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.ledger.LedgerExempt;
import io.swagger.v3.oas.annotations.Operation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@RestController
class EmbeddingController {

  private static final int MAX_INPUTS = 2_048;

  /** What one call may embed as fast as others are served, and with one place of them. */
  private static final int FEW_INPUTS = 16;

  private final ModelResolver resolver;
  private final Encoders encoders;
  private final ProviderClient providers;
  private final ModelProjection models;
  private final CallRecorder recorder;
  private final Arrivals arrivals;
  private final Admission admission;
  private final JsonMapper json;

  EmbeddingController(
      ModelResolver resolver,
      Encoders encoders,
      ProviderClient providers,
      ModelProjection models,
      CallRecorder recorder,
      Arrivals arrivals,
      Admission admission,
      JsonMapper json) {
    this.resolver = resolver;
    this.encoders = encoders;
    this.providers = providers;
    this.models = models;
    this.recorder = recorder;
    this.arrivals = arrivals;
    this.admission = admission;
    this.json = json;
  }

  @Operation(summary = "Create embeddings of texts")
  @PostMapping("/v1/embeddings")
  @PreAuthorize("hasRole('VIEWER')")
  @LedgerExempt
  @ResponseStatus(HttpStatus.OK)
  public ResponseEntity<ObjectNode> createEmbedding(@RequestBody byte[] body) {
    long started = System.nanoTime();
    try (Admission.Place _ = admission.enter(Caller.current().workspace())) {
      recorder.requireRoom();
      return answer(body, arrivals.of(started));
    }
  }

  private ResponseEntity<ObjectNode> answer(byte[] body, Arrival arrival) {
    ObjectNode request = ChatRequest.object(body, json);
    String model = request.path("model").asString("");
    if (model.isBlank()) {
      throw OpenAiError.invalid(
          "model",
          "model must be the name of an encoder: "
              + LocalModels.encoderNames()
              + ", or of a provider's model.");
    }
    UUID workspace = Caller.current().workspace();
    Target target =
        resolver.resolve(workspace, model, resolver.arm(workspace, model, "").orElse(null));
    return switch (target.backend()) {
      case Target.Local(var local) when local.kind() == LocalModels.Kind.EMBEDDING ->
          local(request, target, local.encoder(), arrival);
      case Target.External(var external) ->
          ResponseEntity.ok(
              record(
                  arrival,
                  target,
                  arrival
                      .steps()
                      .time(
                          Steps.Kind.CALL,
                          () -> providers.post(external, UpstreamOperation.EMBEDDINGS, request))));
      case Target.Local ignored -> throw notAnEncoder(model);
      case Target.Tuned ignored -> throw notAnEncoder(model);
    };
  }

  private ResponseEntity<ObjectNode> local(
      ObjectNode request, Target target, EncoderModel encoder, Arrival arrival) {
    List<String> texts = texts(request.path("input"));
    String encoding = request.path("encoding_format").asString("float");
    if (!encoding.equals("float") && !encoding.equals("base64")) {
      throw OpenAiError.invalid("encoding_format", "encoding_format must be float or base64.");
    }
    JsonNode dimensions = request.path("dimensions");
    if (!dimensions.isMissingNode() && dimensions.asInt(0) != EncoderModel.DIMENSIONS) {
      throw OpenAiError.invalid(
          "dimensions",
          "%s always has %d dimensions: omit dimensions."
              .formatted(target.name(), EncoderModel.DIMENSIONS));
    }
    // The first is taken already. More texts are more work, and a larger answer in memory.
    int places = Math.ceilDiv(texts.size(), FEW_INPUTS) - 1;
    try (Admission.Place _ = admission.enter(Caller.current().workspace(), places)) {
      return local(target, encoder, texts, encoding, arrival);
    }
  }

  private ResponseEntity<ObjectNode> local(
      Target target, EncoderModel encoder, List<String> texts, String encoding, Arrival arrival) {
    String model = target.name();
    Urgency urgency = texts.size() > FEW_INPUTS ? Urgency.BULK : Urgency.SERVING;
    long before = System.nanoTime();
    List<Embedding> embeddings =
        encoders.embed(encoder, texts, encoders.defaultMaxTokens(), urgency);
    long modelNanos = System.nanoTime() - before;
    arrival.steps().took(Steps.Kind.CALL, before, Map.of());
    ObjectNode answer = json.createObjectNode().put("object", "list").put("model", model);
    ArrayNode data = answer.putArray("data");
    for (int i = 0; i < embeddings.size(); i++) {
      ObjectNode item = data.addObject().put("object", "embedding").put("index", i);
      write(item, embeddings.get(i).vector(), encoding);
    }
    long tokens = embeddings.stream().mapToLong(Embedding::tokens).sum();
    answer.putObject("usage").put("prompt_tokens", tokens).put("total_tokens", tokens);
    ResponseEntity.BodyBuilder response = ResponseEntity.ok();
    if (embeddings.stream().anyMatch(Embedding::truncated)) {
      response.header(ResponseHeaders.TRUNCATED, "input");
    }
    cost(model, tokens)
        .ifPresent(cost -> response.header(ResponseHeaders.COST, ResponseHeaders.cost(cost)));
    response.header(
        ResponseHeaders.OVERHEAD,
        ResponseHeaders.millis((System.nanoTime() - arrival.started() - modelNanos) / 1e6));
    return response.body(record(arrival, target, answer));
  }

  private static List<String> texts(JsonNode input) {
    List<JsonNode> items = input.isArray() ? input.valueStream().toList() : List.of(input);
    if (items.isEmpty() || items.size() > MAX_INPUTS) {
      throw OpenAiError.invalid(
          "input", "input must be a string or a list of 1 to " + MAX_INPUTS + " strings.");
    }
    List<String> texts = new ArrayList<>(items.size());
    for (JsonNode item : items) {
      if (!item.isString() || item.asString().isEmpty()) {
        throw OpenAiError.invalid(
            "input", "input must contain non-empty strings; lists of token ids are not supported.");
      }
      texts.add(item.asString());
    }
    return texts;
  }

  /** Base64 of little-endian 32-bit floats, as OpenAI's clients expect. */
  private static void write(ObjectNode item, float[] vector, String encoding) {
    if (encoding.equals("base64")) {
      ByteBuffer bytes =
          ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(vector);
      item.put("embedding", Base64.getEncoder().encodeToString(bytes.array()));
      return;
    }
    ArrayNode numbers = item.putArray("embedding");
    for (float value : vector) {
      numbers.add(value);
    }
  }

  private ObjectNode record(Arrival arrival, Target target, ObjectNode answer) {
    long tokens = answer.path("usage").path("prompt_tokens").asLong(0);
    recorder.recordEmbedding(arrival, target, tokens, cost(target.name(), tokens).orElse(null));
    return answer;
  }

  private Optional<Money> cost(String model, long tokens) {
    return models
        .price(Caller.current().workspace(), model)
        .map(price -> price.of(Tokens.of(tokens, 0)));
  }

  private static OpenAiError notAnEncoder(String model) {
    return new OpenAiError(
        400,
        "unsupported_model",
        "model",
        model + " cannot embed texts; use " + LocalModels.encoderNames() + ".");
  }
}
