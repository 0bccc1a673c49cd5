package io.plumbline.inference.provider.protocol;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a kind of provider is spoken to. Who calls it has requests, answers, pieces of streams and
 * errors in OpenAI's shape; a protocol makes them the provider's, and back.
 */
public sealed interface Protocol permits OpenAiProtocol, AnthropicProtocol, GeminiProtocol {

  String OPENAI = "openai-compatible";
  String ANTHROPIC = "anthropic";
  String GEMINI = "gemini";

  /** The code of an error that says that a request is longer than its model reads. */
  String TOO_LONG = "context_length_exceeded";

  /** The kinds of providers, as a regular expression. */
  String KINDS = OPENAI + "|" + ANTHROPIC + "|" + GEMINI;

  static Protocol of(String kind) {
    return switch (kind) {
      case OPENAI -> OpenAiProtocol.INSTANCE;
      case ANTHROPIC -> AnthropicProtocol.INSTANCE;
      case GEMINI -> GeminiProtocol.INSTANCE;
      default -> throw new IllegalArgumentException("There is no kind of provider " + kind);
    };
  }

  /** As messages name it. */
  String title();

  /** Whether a version may be sent as the query parameter {@code api-version}. */
  boolean takesApiVersion();

  /**
   * @param key empty when the endpoint needs none
   */
  Map<String, String> headers(Optional<String> key);

  /**
   * The request as the provider takes it.
   *
   * @throws io.plumbline.inference.UnsupportedRequest naming the field that the provider does not
   *     support
   */
  UpstreamRequest request(UpstreamOperation operation, ObjectNode request, UpstreamName name);

  /** Returns what follows the base URL in the address of the list of models, with its query. */
  String listing();

  /** Returns what a base URL of this protocol usually ends in, such as {@code /v1}. */
  String version();

  /**
   * Reads the list of models.
   *
   * @param body of an answer with status 200
   * @return empty when it is no list of this protocol
   */
  Optional<ModelList> models(JsonNode body);

  /**
   * @param body of an answer with status 200: anything that listens on HTTP gives one
   * @return empty when it is no answer of this protocol
   */
  Optional<ObjectNode> answer(UpstreamOperation operation, ObjectNode body);

  /** For one stream. */
  StreamTranslation stream();

  /**
   * The status that says the same as the provider's.
   *
   * @param error the error object of the provider
   */
  int status(int status, JsonNode error);

  /**
   * How long the provider wants to be left alone, where its error says so and no header.
   *
   * @param error the error object of the provider
   */
  default Optional<Duration> retryAfter(JsonNode error) {
    return Optional.empty();
  }

  /**
   * @param error the error object of the provider
   */
  JsonNode error(JsonNode error);
}
