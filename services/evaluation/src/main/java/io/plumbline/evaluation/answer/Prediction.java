package io.plumbline.evaluation.answer;

import io.plumbline.platform.body.StorableText;
import io.plumbline.prompttemplate.schema.BoundedJson;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads the label out of a message's content. */
public final class Prediction {

  private static final int MAX_CHARACTERS = 4_000;

  private Prediction() {}

  /**
   * Returns the predicted label: the value of the only property of a JSON object, or of its
   * property {@code label}; the trimmed content when it is not a JSON object.
   *
   * @return null when the content is an object without an answer, or text that no column can store
   */
  public static @Nullable String of(String content) {
    String trimmed = content.strip();
    if (!trimmed.startsWith("{")) {
      return headIfStorable(trimmed);
    }
    try {
      JsonNode object = BoundedJson.read(trimmed);
      List<JsonNode> values = object.valueStream().toList();
      JsonNode answer = values.size() == 1 ? values.getFirst() : object.path("label");
      return answer.isString() ? headIfStorable(answer.asString()) : null;
    } catch (JacksonException e) {
      return null;
    }
  }

  private static @Nullable String headIfStorable(String text) {
    if (StorableText.flaw(text).isPresent()) {
      return null;
    }
    return StorableText.truncate(text, MAX_CHARACTERS);
  }
}
