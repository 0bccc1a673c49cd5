package io.plumbline.evaluation.run;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the answer out of a message's content. */
final class Prediction {

  private static final int LONGEST = 4_000;

  private Prediction() {}

  /**
   * The one text of a JSON object with one property, or its property {@code label}; the trimmed
   * content when it is not a JSON object.
   *
   * @return null when the content is an object without an answer
   */
  static @Nullable String of(String content, JsonMapper json) {
    String trimmed = content.strip();
    if (!trimmed.startsWith("{")) {
      return cut(trimmed);
    }
    try {
      JsonNode object = json.readTree(trimmed);
      List<JsonNode> values = object.valueStream().toList();
      JsonNode answer = values.size() == 1 ? values.getFirst() : object.path("label");
      return answer.isString() ? cut(answer.asString()) : null;
    } catch (JacksonException e) {
      return null;
    }
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }
}
