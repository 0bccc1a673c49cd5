package io.plumbline.evaluation.scorer;

import io.plumbline.evaluation.answer.Score;
import io.plumbline.items.Expected;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * The scorer that gives the share of fields in which the text, read as JSON, agrees with a
 * reference that is JSON too. Of several references the one with most agreement counts. A field
 * that both lack agrees.
 */
record FieldsScoring(List<JsonPointer> pointers) implements TextScoring {

  @Override
  public Score score(Expected expected, String text) {
    Optional<JsonNode> answer = JsonValues.read(text).filter(JsonNode::isContainer);
    if (answer.isEmpty()) {
      return Score.zero("The answer is not a JSON object or array.");
    }
    List<JsonPointer> differing =
        references(expected).stream()
            .map(reference -> differing(answer.get(), reference))
            .min(Comparator.comparingInt(List::size))
            .orElse(pointers);
    int agreeing = pointers.size() - differing.size();
    return new Score(
        (double) agreeing / pointers.size(),
        "%d of %d fields agree%s."
            .formatted(
                agreeing,
                pointers.size(),
                differing.isEmpty() ? "" : "; these do not: " + listed(differing)));
  }

  private List<JsonPointer> differing(JsonNode answer, JsonNode reference) {
    return pointers.stream()
        .filter(at -> !JsonValues.equal(answer.at(at), reference.at(at)))
        .toList();
  }

  private static String listed(List<JsonPointer> pointers) {
    return pointers.stream().map(JsonPointer::toString).collect(Collectors.joining(", "));
  }

  private static List<JsonNode> references(Expected expected) {
    return expected.references().stream()
        .flatMap(reference -> JsonValues.read(reference).stream())
        .filter(JsonNode::isContainer)
        .toList();
  }

  @Override
  public Optional<String> missingPart(Expected expected) {
    if (!references(expected).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of("references that are a JSON object or array");
  }
}
