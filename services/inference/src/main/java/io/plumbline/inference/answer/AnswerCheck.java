package io.plumbline.inference.answer;

import io.plumbline.prompttemplate.content.AnswerSchema;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks the answer of a variant's model against the response format of its request. A choice that
 * refuses or calls a tool instead of answering follows the protocol without that format.
 *
 * @param schema the schema that the answer has to follow; absent where every answer does
 */
public record AnswerCheck(@Nullable AnswerSchema schema) {

  /** Returns how the choices of a whole answer violate the format; empty if they do not. */
  public Optional<String> violation(AnswerTexts texts) {
    AnswerSchema required = schema;
    if (required == null) {
      return Optional.empty();
    }
    if (texts.hasTooManyChoices()) {
      return Optional.of("it has more than %d choices".formatted(AnswerTexts.MAX_CHOICES));
    }
    List<AnswerTexts.Choice> answers =
        texts.choices().values().stream().filter(choice -> !choice.callsOrRefuses()).toList();
    if (answers.stream().anyMatch(AnswerTexts.Choice::isCut)) {
      return Optional.of("it is longer than %d characters".formatted(AnswerTexts.MAX_CHARACTERS));
    }
    return required.violations(answers.stream().map(AnswerTexts.Choice::text).toList()).stream()
        .flatMap(Optional::stream)
        .findFirst();
  }
}
