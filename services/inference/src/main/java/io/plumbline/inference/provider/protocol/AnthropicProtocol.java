package io.plumbline.inference.provider.protocol;

import io.plumbline.inference.UnsupportedRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The protocol of the Messages API (<a
 * href="https://platform.claude.com/docs/en/api/messages/create">reference</a>, <a
 * href="https://platform.claude.com/docs/en/api/errors">errors</a>).
 */
final class AnthropicProtocol implements Protocol {

  static final AnthropicProtocol INSTANCE = new AnthropicProtocol();

  static final String TITLE = "Anthropic";

  /**
   * The version of the format of requests and answers. It is the current version in <a
   * href="https://platform.claude.com/docs/en/api/versioning">the API's documentation</a>, and the
   * one that Anthropic's own clients send.
   */
  static final String VERSION = "2023-06-01";

  /** Anthropic's status in place of 503: the API is overloaded and did not process the request. */
  private static final int OVERLOADED = 529;

  private static final int UNAVAILABLE = 503;

  /** The messages of errors for requests that are too long, which have no type of their own. */
  private static final Pattern LONGER_THAN_READ =
      Pattern.compile("prompt is too long|exceed context limit");

  /** OpenAI's codes by Anthropic's names of errors; other errors keep their name as the code. */
  private static final Map<String, String> CODES =
      Map.of(
          "not_found_error", "model_not_found",
          "enforced_spend_limit_reached", "insufficient_quota");

  private AnthropicProtocol() {}

  @Override
  public String title() {
    return TITLE;
  }

  @Override
  public boolean takesApiVersion() {
    return false;
  }

  @Override
  public Map<String, String> headers(Optional<String> key) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("anthropic-version", VERSION);
    key.ifPresent(secret -> headers.put("x-api-key", secret));
    return headers;
  }

  @Override
  public UpstreamRequest translatedRequest(
      UpstreamOperation operation, ObjectNode request, UpstreamName name) {
    return switch (operation) {
      case CHAT ->
          new UpstreamRequest(
              "/messages",
              new AnthropicRequest(request, name.called()).translated().put("model", name.model()));
      case EMBEDDINGS ->
          throw new UnsupportedRequest(
              "unsupported_model",
              "model",
              name.called()
                  + " cannot embed texts, since Anthropic's API has no embeddings: use a model of"
                  + " another provider, or a local one.");
    };
  }

  @Override
  public String listingPath() {
    return "/models?limit=" + ModelList.PAGE;
  }

  @Override
  public String versionPath() {
    return "/v1";
  }

  @Override
  public Optional<ModelList> readModelList(JsonNode body) {
    return ModelList.of(body.path("data"), "id", !body.path("has_more").asBoolean(false));
  }

  @Override
  public Optional<ObjectNode> translatedAnswer(UpstreamOperation operation, ObjectNode body) {
    return AnthropicAnswer.translated(body);
  }

  @Override
  public StreamTranslation newStreamTranslation() {
    return new AnthropicStream();
  }

  @Override
  public int translatedStatus(int status, JsonNode error) {
    return status == OVERLOADED ? UNAVAILABLE : status;
  }

  /** Translates an error. Errors have types; a few have a more exact code among their details. */
  @Override
  public JsonNode translatedError(JsonNode error) {
    ObjectNode translated = JsonNodeFactory.instance.objectNode();
    String type = error.path("type").asString("");
    String code = error.path("details").path("error_code").asString(type);
    boolean tooLong = LONGER_THAN_READ.matcher(error.path("message").asString("")).find();
    translated.put("type", type).put("code", tooLong ? TOO_LONG : CODES.getOrDefault(code, code));
    if (error.path("message").isString()) {
      translated.set("message", error.path("message"));
    }
    return translated;
  }
}
