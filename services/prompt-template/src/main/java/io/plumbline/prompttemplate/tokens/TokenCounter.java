package io.plumbline.prompttemplate.tokens;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Counts the tokens of chat requests in OpenAI's shape: of messages as <a
 * href="https://github.com/openai/openai-cookbook/blob/main/examples/How_to_count_tokens_with_tiktoken.ipynb">OpenAI's
 * cookbook</a> counts them, of tools and of a response format as of their JSON, which is more than
 * what OpenAI makes of it. For a model whose tokenizer is not published, what OpenAI's would take
 * is an estimate, which is raised by {@link #MARGIN_PERCENT}.
 */
public final class TokenCounter {

  /**
   * The tokens of an image, or of another part of a message that is no text: about what models of
   * OpenAI and Anthropic take for a large one. How many it is depends on its size and the model.
   */
  public static final int IMAGE = 1_600;

  /** How many more tokens than OpenAI's tokenizer another one is taken to need. */
  public static final int MARGIN_PERCENT = 10;

  /** What surrounds a message. */
  private static final int MESSAGE = 3;

  private static final int NAME = 1;

  /** What begins the answer. */
  private static final int REPLY = 3;

  private static final Set<String> DEFINITIONS = Set.of("tools", "functions", "response_format");

  /** Counts a text. */
  private interface Measure {

    long of(String text);
  }

  private final Tokenizer tokenizer;

  private TokenCounter(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /**
   * @param model its name at its provider
   */
  public static TokenCounter of(String model) {
    return new TokenCounter(Tokenizer.of(model));
  }

  /**
   * The tokens of a whole request, without its answer.
   *
   * @param limit from which on nothing more is counted
   */
  public TokenCount count(ObjectNode request, long limit) {
    Collection<JsonNode> messages = request.path("messages").values();
    long tokens = besides(request, limit);
    for (JsonNode message : messages) {
      tokens = tokens > limit ? tokens : tokens + message(message, limit - tokens);
    }
    return new TokenCount(tokens, estimates(messages), encoding());
  }

  /**
   * The tokens of a message.
   *
   * @param limit from which on nothing more is counted
   */
  public long message(JsonNode message, long limit) {
    return raised(message(message, text -> tokenizer.count(text, limit)));
  }

  /**
   * The tokens of a request without its messages: what begins the answer, tools and response
   * format.
   *
   * @param limit from which on nothing more is counted
   */
  public long besides(ObjectNode request, long limit) {
    return raised(besides(request, text -> tokenizer.count(text, limit)));
  }

  /** Whether the count of messages may differ from the model's own. */
  public boolean estimates(Collection<? extends JsonNode> messages) {
    return !tokenizer.published()
        || messages.stream()
            .flatMap(message -> message.path("content").valueStream())
            .anyMatch(part -> part.isObject() && !isText(part));
  }

  /**
   * The tokens of a text by itself, such as one that is embedded, without the margin: parts of a
   * text are counted one by one, and each would be rounded up.
   *
   * @param limit from which on nothing more is counted
   */
  public long text(String text, long limit) {
    return tokenizer.count(text, limit);
  }

  /** Whether the model is known to cut texts as they are counted; else counts of texts estimate. */
  public boolean published() {
    return tokenizer.published();
  }

  public String encoding() {
    return tokenizer.encoding().getName();
  }

  /**
   * More tokens than this no tokenizer makes of a request: of a text at most as many as it has
   * bytes. Quickly known, for those that are far from any limit.
   */
  public static long most(ObjectNode request) {
    long most = besides(request, TokenCounter::bytes);
    for (JsonNode message : request.path("messages").values()) {
      most += message(message, TokenCounter::bytes);
    }
    return most;
  }

  private static long bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private long raised(long tokens) {
    return tokenizer.published() ? tokens : tokens + Math.ceilDiv(tokens * MARGIN_PERCENT, 100);
  }

  private static long besides(ObjectNode request, Measure measure) {
    return REPLY
        + request
            .propertyStream()
            .filter(field -> DEFINITIONS.contains(field.getKey()))
            .mapToLong(field -> measure.of(field.getValue().toString()))
            .sum();
  }

  private static long message(JsonNode message, Measure measure) {
    long tokens = MESSAGE;
    for (Map.Entry<String, JsonNode> field : message.properties()) {
      tokens +=
          switch (field.getKey()) {
            case "content" -> content(field.getValue(), measure);
            case "name" -> NAME + text(field.getValue(), measure);
            default -> text(field.getValue(), measure);
          };
    }
    return tokens;
  }

  private static long content(JsonNode content, Measure measure) {
    if (!content.isArray()) {
      return text(content, measure);
    }
    long tokens = 0;
    for (JsonNode part : content.values()) {
      tokens += isText(part) ? text(part.path("text"), measure) : IMAGE;
    }
    return tokens;
  }

  private static boolean isText(JsonNode part) {
    return part.path("text").isString();
  }

  private static long text(JsonNode value, Measure measure) {
    return value.isNull() ? 0 : measure.of(value.isString() ? value.asString() : value.toString());
  }
}
