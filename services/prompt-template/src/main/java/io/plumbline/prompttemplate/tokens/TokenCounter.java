package io.plumbline.prompttemplate.tokens;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Counts the tokens of chat requests in OpenAI's shape. Messages are counted as <a
 * href="https://github.com/openai/openai-cookbook/blob/main/examples/How_to_count_tokens_with_tiktoken.ipynb">OpenAI's
 * cookbook</a> counts them. Tools and a response format are counted as their JSON, which is more
 * than what OpenAI makes of them. For a model whose tokenizer is not published, the count of
 * OpenAI's tokenizer is an estimate, which is raised by {@link #MARGIN_PERCENT}.
 */
public final class TokenCounter {

  /**
   * The tokens of an image, or of another part of a message that is not text. It is about what
   * models of OpenAI and Anthropic take for a large image; the exact number depends on its size and
   * the model.
   */
  public static final int IMAGE = 1_600;

  /** The percentage by which other tokenizers are assumed to need more tokens than OpenAI's. */
  public static final int MARGIN_PERCENT = 10;

  /** The tokens that surround a message. */
  private static final int TOKENS_PER_MESSAGE = 3;

  private static final int TOKENS_PER_NAME = 1;

  /** The tokens that begin the answer. */
  private static final int TOKENS_PER_REPLY = 3;

  private static final Set<String> DEFINITIONS = Set.of("tools", "functions", "response_format");

  /** Counts the tokens of a text, or an upper bound of them. */
  private interface Measure {

    long of(String text);
  }

  private final Tokenizer tokenizer;

  private TokenCounter(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /**
   * Returns the counter for a model.
   *
   * @param model the model's name at its provider
   */
  public static TokenCounter of(String model) {
    return new TokenCounter(Tokenizer.of(model));
  }

  /**
   * Counts the tokens of a whole request, without its answer.
   *
   * @param limit the number of tokens from which on nothing more is counted
   */
  public TokenCount count(ObjectNode request, long limit) {
    Collection<JsonNode> messages = request.path("messages").values();
    long tokens = countOutsideMessages(request, limit);
    for (JsonNode message : messages) {
      if (tokens <= limit) {
        tokens += countMessage(message, limit - tokens);
      }
    }
    return new TokenCount(tokens, isEstimate(messages), encoding());
  }

  /**
   * Counts the tokens of a message.
   *
   * @param limit the number of tokens from which on nothing more is counted
   */
  public long countMessage(JsonNode message, long limit) {
    return addMargin(countMessage(message, text -> tokenizer.count(text, limit)));
  }

  /**
   * Counts the tokens of a request without its messages: the beginning of the answer, tools and
   * response format.
   *
   * @param limit the number of tokens from which on nothing more is counted
   */
  public long countOutsideMessages(ObjectNode request, long limit) {
    return addMargin(countOutsideMessages(request, text -> tokenizer.count(text, limit)));
  }

  /** Returns whether the count of messages may differ from the model's own. */
  public boolean isEstimate(Collection<? extends JsonNode> messages) {
    return !tokenizer.published()
        || messages.stream()
            .flatMap(message -> message.path("content").valueStream())
            .anyMatch(part -> part.isObject() && !isText(part));
  }

  /**
   * Counts the tokens of a text by itself, such as one that is embedded. The margin is left out:
   * parts of a text are counted one by one, and each would be rounded up.
   *
   * @param limit the number of tokens from which on nothing more is counted
   */
  public long countText(String text, long limit) {
    return tokenizer.count(text, limit);
  }

  /** Returns whether the model is known to cut texts like this; otherwise counts are estimates. */
  public boolean hasPublishedTokenizer() {
    return tokenizer.published();
  }

  public String encoding() {
    return tokenizer.encoding().getName();
  }

  /**
   * Returns an upper bound of the tokens that any tokenizer makes of a request: a text has at most
   * as many tokens as bytes. It is cheap to compute, for requests that are far from any limit.
   */
  public static long upperBound(ObjectNode request) {
    long most = countOutsideMessages(request, TokenCounter::bytes);
    for (JsonNode message : request.path("messages").values()) {
      most += countMessage(message, TokenCounter::bytes);
    }
    return most;
  }

  private static long bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private long addMargin(long tokens) {
    if (tokenizer.published()) {
      return tokens;
    }
    return tokens + Math.ceilDiv(tokens * MARGIN_PERCENT, 100);
  }

  private static long countOutsideMessages(ObjectNode request, Measure measure) {
    return TOKENS_PER_REPLY
        + request
            .propertyStream()
            .filter(field -> DEFINITIONS.contains(field.getKey()))
            .mapToLong(field -> measure.of(field.getValue().toString()))
            .sum();
  }

  private static long countMessage(JsonNode message, Measure measure) {
    long tokens = TOKENS_PER_MESSAGE;
    for (Map.Entry<String, JsonNode> field : message.properties()) {
      tokens +=
          switch (field.getKey()) {
            case "content" -> countContent(field.getValue(), measure);
            case "name" -> TOKENS_PER_NAME + countText(field.getValue(), measure);
            default -> countText(field.getValue(), measure);
          };
    }
    return tokens;
  }

  private static long countContent(JsonNode content, Measure measure) {
    if (!content.isArray()) {
      return countText(content, measure);
    }
    long tokens = 0;
    for (JsonNode part : content.values()) {
      tokens += isText(part) ? countText(part.path("text"), measure) : IMAGE;
    }
    return tokens;
  }

  private static boolean isText(JsonNode part) {
    return part.path("text").isString();
  }

  private static long countText(JsonNode value, Measure measure) {
    if (value.isNull()) {
      return 0;
    }
    if (value.isString()) {
      return measure.of(value.asString());
    }
    return measure.of(value.toString());
  }
}
