package io.plumbline.prompttemplate.schema;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads JSON that strangers wrote, such as the answer of a model or the arguments of a tool call. A
 * limit on characters alone is not enough: a megabyte of {@code []} is 350,000 lists, and a value
 * takes up to 80 bytes of memory for each of its tokens. A text with too many tokens is read no
 * further, and counts as malformed.
 */
public final class BoundedJson {

  /** The most tokens of a text: names, values, and the ends of arrays and objects. */
  public static final int MAX_TOKENS = 100_000;

  private static final JsonMapper JSON = builder(MAX_TOKENS).build();

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
