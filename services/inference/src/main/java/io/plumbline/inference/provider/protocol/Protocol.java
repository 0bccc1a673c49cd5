package io.plumbline.inference.provider.protocol;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The protocol of a kind of provider. Its users have requests, answers, pieces of streams and
 * errors in OpenAI's shape, and it translates them into the provider's shape and back.
 */
public sealed interface Protocol permits OpenAiProtocol, AnthropicProtocol, GeminiProtocol {

  String OPENAI = "openai-compatible";
  String ANTHROPIC = "anthropic";
  String GEMINI = "gemini";

  /** The code of an error for a request that is longer than its model reads. */
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

  /** Returns the name of the protocol in messages. */
  String title();

  /** Returns whether a version may be sent as the query parameter {@code api-version}. */
  boolean takesApiVersion();

  /**
   * Returns the headers of a request.
   *
   * @param key the API key; empty when the endpoint needs none
   */
  Map<String, String> headers(Optional<String> key);

  /**
   * Returns a request in the form that the provider takes.
   *
   * @throws io.plumbline.inference.UnsupportedRequest naming the field that the provider does not
   *     support
   */
  UpstreamRequest translatedRequest(
      UpstreamOperation operation, ObjectNode request, UpstreamName name);

  /** Returns the part after the base URL in the address of the list of models, with its query. */
  String listingPath();

  /** Returns the usual end of a base URL of this protocol, such as {@code /v1}. */
  String versionPath();

  /**
   * Reads the list of models.
   *
   * @param body the body of an answer with status 200
   * @return the list; empty when the body is no list of this protocol
   */
  Optional<ModelList> readModelList(JsonNode body);

  /**
   * Reads an answer.
   *
   * @param body the body of an answer with status 200, which any HTTP server may give
   * @return the answer; empty when the body is no answer of this protocol
   */
  Optional<ObjectNode> translatedAnswer(UpstreamOperation operation, ObjectNode body);

  /** Returns a new translation for one stream. */
  StreamTranslation newStreamTranslation();

  /**
   * Returns the usual status with the meaning of the provider's status.
   *
   * @param error the error object of the provider
   */
  int translatedStatus(int status, JsonNode error);

  /**
   * Returns the time after which the provider may be called again, where its error has it; headers
   * are read elsewhere.
   *
   * @param error the error object of the provider
   */
  default Optional<Duration> retryAfter(JsonNode error) {
    return Optional.empty();
  }

  /**
   * Returns an error in OpenAI's shape.
   *
   * @param error the error object of the provider
   */
  JsonNode translatedError(JsonNode error);
}
