package io.plumbline.inference.variant;

import io.plumbline.prompttemplate.content.AnswerSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Checks the answer of a variant's model against the response format of its request. A choice that
 * refuses or calls a tool instead of answering follows the protocol without that format.
 */
public final class AnswerCheck {

  /** The most characters of a stream that are kept to check its choices at their end. */
  static final int MAX_CHARACTERS = 1024 * 1024;

  /** The most choices of an answer, which are more than a call may ask for. */
  static final int MAX_CHOICES = 128;

  private static final class Choice {

    private final StringBuilder text = new StringBuilder();
    private boolean excused;
    private boolean tooLong;
  }

  private final @Nullable AnswerSchema schema;
  private final Map<Integer, Choice> choices = new TreeMap<>();
  private int characters;
  private boolean tooMany;

  private AnswerCheck(@Nullable AnswerSchema schema) {
    this.schema = schema;
  }

  /**
   * Creates the check of one answer.
   *
   * @param variant the variant; absent for a bare model, whose answers nobody governs
   * @param required finds the schema that answers of the variant have to follow
   */
  static AnswerCheck of(
      @Nullable Variant variant, Function<Variant, Optional<AnswerSchema>> required) {
    return new AnswerCheck(Optional.ofNullable(variant).flatMap(required).orElse(null));
  }

  /** Reads a whole answer, or a chunk of a stream. */
  public void read(JsonNode answer) {
    if (schema == null) {
      return;
    }
    for (JsonNode each : answer.path("choices").values()) {
      int index = each.path("index").asInt(0);
      if (!choices.containsKey(index) && choices.size() == MAX_CHOICES) {
        tooMany = true;
        return;
      }
      Choice choice = choices.computeIfAbsent(index, _ -> new Choice());
      JsonNode said = each.has("delta") ? each.path("delta") : each.path("message");
      choice.excused |=
          !said.path("tool_calls").isEmpty()
              || said.path("function_call").isObject()
              || said.path("refusal").isString();
      String text = said.path("content").asString("");
      if (characters + text.length() > MAX_CHARACTERS) {
        choice.tooLong = true;
      } else {
        characters += text.length();
        choice.text.append(text);
      }
    }
  }

  /** Returns how the whole answer that was read violates the format; empty if it does not. */
  public Optional<String> violation() {
    AnswerSchema required = schema;
    if (required == null) {
      return Optional.empty();
    }
    if (tooMany) {
      return Optional.of("it has more than %d choices".formatted(MAX_CHOICES));
    }
    List<Choice> answers = choices.values().stream().filter(choice -> !choice.excused).toList();
    if (answers.stream().anyMatch(choice -> choice.tooLong)) {
      return Optional.of("it is longer than %d characters".formatted(MAX_CHARACTERS));
    }
    return required
        .violations(answers.stream().map(choice -> choice.text.toString()).toList())
        .stream()
        .flatMap(Optional::stream)
        .findFirst();
  }
}
