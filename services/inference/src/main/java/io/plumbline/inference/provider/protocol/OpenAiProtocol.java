package io.plumbline.inference.provider.protocol;

import io.plumbline.prompttemplate.schema.BoundedJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The protocol of OpenAI, which the service uses internally, so that nothing is translated. */
final class OpenAiProtocol implements Protocol {

  static final OpenAiProtocol INSTANCE = new OpenAiProtocol();

  private static final String DONE = "[DONE]";

  /**
   * The messages of other servers for a request that is too long. The code of such an error is the
   * status in vLLM, and llama.cpp has a type of its own for it.
   */
  private static final Pattern LONGER_THAN_READ =
      Pattern.compile("maximum context length|exceeds the available context size");

  private OpenAiProtocol() {}

  @Override
  public String title() {
    return "OpenAI";
  }

  @Override
  public boolean takesApiVersion() {
    return true;
  }

  @Override
  public Map<String, String> headers(Optional<String> key) {
    return key.map(secret -> Map.of(HttpHeaders.AUTHORIZATION, "Bearer " + secret))
        .orElse(Map.of());
  }

  @Override
  public UpstreamRequest translatedRequest(
      UpstreamOperation operation, ObjectNode request, UpstreamName name) {
    String path =
        switch (operation) {
          case CHAT -> "/chat/completions";
          case EMBEDDINGS -> "/embeddings";
        };
    // The values of the fields are not changed, so a shallow copy is enough.
    ObjectNode body = request.objectNode().setAll(request);
    return new UpstreamRequest(path, body.put("model", name.model()));
  }

  @Override
  public String listingPath() {
    return "/models";
  }

  @Override
  public String versionPath() {
    return "/v1";
  }

  /**
   * Reads the list. Some servers answer the array without its frame, and a server without a model
   * may answer null in place of the array.
   */
  @Override
  public Optional<ModelList> readModelList(JsonNode body) {
    boolean none = body.path("object").asString("").equals("list") && body.path("data").isNull();
    if (none) {
      return Optional.of(new ModelList(List.of(), true));
    }
    JsonNode models = body.isArray() ? body : body.path("data");
    return ModelList.of(models, "id", !body.path("has_more").asBoolean(false));
  }

  @Override
  public Optional<ObjectNode> translatedAnswer(UpstreamOperation operation, ObjectNode body) {
    return Optional.of(body).filter(answer -> isAnswer(operation, answer));
  }

  private static boolean isAnswer(UpstreamOperation operation, ObjectNode body) {
    if (operation == UpstreamOperation.EMBEDDINGS) {
      return body.path("data").isArray();
    }
    JsonNode choices = body.path("choices");
    return choices.isArray()
        && !choices.isEmpty()
        && choices.valueStream().allMatch(choice -> choice.path("message").isObject());
  }

  @Override
  public StreamTranslation newStreamTranslation() {
    return OpenAiProtocol::piecesOf;
  }

  private static List<StreamTranslation.Piece> piecesOf(String data) {
    if (data.equals(DONE)) {
      return List.of(new StreamTranslation.Done());
    }
    try {
      if (BoundedJson.read(data) instanceof ObjectNode chunk) {
        return List.of(new StreamTranslation.Chunk(chunk));
      }
    } catch (JacksonException e) {
      // Data that is not JSON is malformed like any other data that is no chunk.
    }
    return List.of(new StreamTranslation.Malformed());
  }

  @Override
  public int translatedStatus(int status, JsonNode error) {
    return status;
  }

  @Override
  public JsonNode translatedError(JsonNode error) {
    boolean tooLong = LONGER_THAN_READ.matcher(error.path("message").asString("")).find();
    if (tooLong && error instanceof ObjectNode object) {
      return object.deepCopy().put("code", TOO_LONG);
    }
    return error;
  }
}
