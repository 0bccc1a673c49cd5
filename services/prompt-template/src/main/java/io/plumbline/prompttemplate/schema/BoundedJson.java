package io.plumbline.prompttemplate.schema;

import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Reads JSON that strangers wrote, such as the answer of a model or the arguments of a tool call. A
 * limit on characters alone is not enough: a megabyte of {@code []} is 350,000 lists, and a value
 * takes up to 80 bytes of memory for each of its tokens, besides its text. A text with too many
 * tokens, or whose values take too much memory, is read no further, and counts as malformed.
 */
public final class BoundedJson {

  /** The most tokens of a text: names, values, and the ends of arrays and objects. */
  public static final int MAX_TOKENS = 100_000;

  /** The most memory in bytes that the values of a text take for each of its bytes. */
  private static final int MAX_RATIO = 50;

  private static final JsonMapper JSON = builder(MAX_TOKENS).build();
  private static final JsonMapper LARGE = JsonMapper.builder().build();

  private BoundedJson() {}

  /**
   * Returns the value of a text; a missing node if it is blank.
   *
   * @throws tools.jackson.core.JacksonException if the text is not JSON or has too many tokens
   */
  public static JsonNode read(String text) {
    return JSON.readTree(text);
  }

  /**
   * Returns the value of a text in UTF-8; a missing node if it is blank. A text so small that its
   * values cannot exceed the memory is read at no further cost.
   *
   * @param maxMemory the most memory that the values take, estimated in bytes
   * @throws TooMuchMemory if the values take more
   * @throws tools.jackson.core.JacksonException if the text is not JSON
   */
  public static JsonNode read(byte[] text, long maxMemory) {
    if (text.length <= maxMemory / MAX_RATIO) {
      return LARGE.readTree(text);
    }
    try (JsonParser parser = new TreeMemoryParser(LARGE.createParser(text), maxMemory)) {
      JsonNode value = LARGE.readTree(parser);
      return value == null ? MissingNode.getInstance() : value;
    }
  }

  /**
   * Returns a builder of mappers that throw a {@link
   * tools.jackson.core.exc.StreamConstraintsException} for a text with more tokens.
   */
  public static JsonMapper.Builder builder(int maxTokens) {
    return JsonMapper.builder(
        JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxTokenCount(maxTokens).build())
            .build());
  }
}
