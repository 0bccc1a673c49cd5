package io.plumbline.prompttemplate.rendering;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The fields of messages and of their parts, in the OpenAI API. */
public final class MessageFields {

  public static final Set<String> OF_MESSAGE =
      Set.of("role", "content", "name", "refusal", "tool_calls", "tool_call_id", "function_call");

  private static final Map<String, Set<String>> OF_PART =
      Map.of(
          "text", Set.of("type", "text"),
          "refusal", Set.of("type", "refusal"),
          "image_url", Set.of("type", "image_url"));

  private MessageFields() {}

  /** Returns the fields of a part of a type; empty for an unknown type. */
  public static Optional<Set<String>> ofPart(String type) {
    return Optional.ofNullable(OF_PART.get(type));
  }
}
