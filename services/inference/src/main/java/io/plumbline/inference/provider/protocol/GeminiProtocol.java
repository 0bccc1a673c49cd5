package io.plumbline.inference.provider.protocol;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The protocol of Google's Gemini API (<a
 * href="https://ai.google.dev/api/generate-content">reference</a>, <a
 * href="https://ai.google.dev/gemini-api/docs/troubleshooting">errors</a>).
 */
final class GeminiProtocol implements Protocol {

  static final GeminiProtocol INSTANCE = new GeminiProtocol();

  static final String TITLE = "Gemini";

  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;

  /** The reason in the details of a bad request whose key is wrong (google.rpc.ErrorInfo). */
  private static final String WRONG_KEY = "API_KEY_INVALID";

  /** The messages of errors for requests that are too long, which have no status of their own. */
  private static final Pattern LONGER_THAN_READ =
      Pattern.compile("input token count .*exceeds .*maximum.*");

  /** OpenAI's codes by Gemini's names of errors; other errors keep their name as the code. */
  private static final Map<String, String> CODES =
      Map.of("NOT_FOUND", "model_not_found", "RESOURCE_EXHAUSTED", "rate_limit_exceeded");

  /** The JSON form of google.protobuf.Duration. */
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)s");

  private GeminiProtocol() {}

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
    return key.map(secret -> Map.of("x-goog-api-key", secret)).orElse(Map.of());
  }

  @Override
  public UpstreamRequest translatedRequest(
      UpstreamOperation operation, ObjectNode request, UpstreamName name) {
    GeminiModel model = new GeminiModel(name);
    return switch (operation) {
      case CHAT ->
          new UpstreamRequest(
              model.methodPath(chatMethod(request)),
              new GeminiRequest(request, model).translated());
      case EMBEDDINGS ->
          new UpstreamRequest(
              model.methodPath("batchEmbedContents"),
              GeminiEmbeddings.translatedRequest(request, model));
    };
  }

  private static String chatMethod(ObjectNode request) {
    if (request.path("stream").asBoolean(false)) {
      return "streamGenerateContent?alt=sse";
    }
    return "generateContent";
  }

  @Override
  public String listingPath() {
    return "/models?pageSize=" + ModelList.PAGE;
  }

  @Override
  public String versionPath() {
    return "/v1beta";
  }

  @Override
  public Optional<ModelList> readModelList(JsonNode body) {
    return ModelList.of(
        body.path("models"), "name", body.path("nextPageToken").asString("").isEmpty());
  }

  @Override
  public Optional<ObjectNode> translatedAnswer(UpstreamOperation operation, ObjectNode body) {
    return switch (operation) {
      case CHAT -> GeminiAnswer.translated(body);
      case EMBEDDINGS -> GeminiEmbeddings.translatedAnswer(body);
    };
  }

  @Override
  public StreamTranslation newStreamTranslation() {
    return new GeminiStream();
  }

  @Override
  public int translatedStatus(int status, JsonNode error) {
    boolean wrongKey =
        status == BAD_REQUEST
            && error
                .path("details")
                .valueStream()
                .anyMatch(detail -> detail.path("reason").asString("").equals(WRONG_KEY));
    return wrongKey ? UNAUTHORIZED : status;
  }

  /** Returns the delay in the details of the error (google.rpc.RetryInfo). */
  @Override
  public Optional<Duration> retryAfter(JsonNode error) {
    return error
        .path("details")
        .valueStream()
        .map(detail -> DURATION.matcher(detail.path("retryDelay").asString("")))
        .filter(Matcher::matches)
        .map(
            delay -> Duration.ofNanos(new BigDecimal(delay.group(1)).movePointRight(9).longValue()))
        .findFirst();
  }

  @Override
  public JsonNode translatedError(JsonNode error) {
    ObjectNode translated = JsonNodeFactory.instance.objectNode();
    String status = error.path("status").asString("");
    String message = error.path("message").asString("");
    String name = status.toLowerCase(Locale.ROOT);
    translated
        .put("type", name)
        .put(
            "code",
            LONGER_THAN_READ.matcher(message).find() ? TOO_LONG : CODES.getOrDefault(status, name));
    if (error.path("message").isString()) {
      translated.put("message", message);
    }
    return translated;
  }
}
