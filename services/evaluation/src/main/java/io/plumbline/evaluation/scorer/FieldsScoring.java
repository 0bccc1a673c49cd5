package io.plumbline.evaluation.scorer;

import io.plumbline.evaluation.answer.Score;
import io.plumbline.items.Expected;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * The share of fields in which the text, read as JSON, agrees with a reference that is JSON too; of
 * several references with the one that it agrees with most. A field that neither has agrees.
 */
record FieldsScoring(List<JsonPointer> pointers) implements TextScoring {

  @Override
  public Score score(Expected expected, String text) {
    Optional<JsonNode> answer = JsonValues.read(text).filter(JsonNode::isContainer);
    if (answer.isEmpty()) {
      return Score.none("The answer is not a JSON object or array.");
    }
    List<JsonPointer> differing = pointers;
    for (JsonNode reference : references(expected)) {
      List<JsonPointer> differs =
          pointers.stream()
              .filter(at -> !JsonValues.equal(answer.get().at(at), reference.at(at)))
              .toList();
      differing = differs.size() < differing.size() ? differs : differing;
    }
    int agreeing = pointers.size() - differing.size();
    return new Score(
        (double) agreeing / pointers.size(),
        "%d of %d fields agree%s."
            .formatted(
                agreeing,
                pointers.size(),
                differing.isEmpty() ? "" : "; these do not: " + listed(differing)));
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
  public Optional<String> lacks(Expected expected) {
    return references(expected).isEmpty()
        ? Optional.of("references that are a JSON object or array")
        : Optional.empty();
  }
}
