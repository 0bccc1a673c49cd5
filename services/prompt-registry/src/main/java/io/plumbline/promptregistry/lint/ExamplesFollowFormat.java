package io.plumbline.promptregistry.lint;

import io.plumbline.prompttemplate.content.AnswerSchema;
import io.plumbline.prompttemplate.content.Message;
import io.plumbline.prompttemplate.template.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Finds examples that break the response format and so teach answers that are rejected. */
final class ExamplesFollowFormat implements LintRule {

  private record Answer(String pointer, String text) {}

  @Override
  public Guideline guideline() {
    return new Guideline(
        "examples-follow-format",
        "Write the answers of examples in the response format.",
        "A model imitates its examples, and an answer that breaks the response format is an error"
            + " for the caller.",
        "responseFormat: an object with a label. Example: spam",
        "responseFormat: an object with a label. Example: {\"label\":\"spam\"}");
  }

  @Override
  public List<Finding> findings(ParsedDraft parsedDraft) {
    JsonNode format = parsedDraft.content().answerSchema();
    if (format == null || !AnswerSchema.schemaViolations(format, "").isEmpty()) {
      return List.of();
    }
    List<Answer> answers = exampleAnswers(parsedDraft);
    List<Optional<String>> violations =
        AnswerSchema.compile(format).violations(answers.stream().map(Answer::text).toList());
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      String pointer = answers.get(i).pointer();
      violations.get(i).map(violation -> finding(pointer, violation)).ifPresent(findings::add);
    }
    return List.copyOf(findings);
  }

  private Finding finding(String pointer, String violation) {
    return Finding.withoutPlace(
        ruleName(),
        Finding.Severity.WARNING,
        pointer,
        "The answer does not follow the response format: %s. Correct it, or the response format"
            .formatted(violation));
  }

  /** Returns the answers of the examples, and the assistant's messages that have no variables. */
  private static List<Answer> exampleAnswers(ParsedDraft parsedDraft) {
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < parsedDraft.content().examples().size(); i++) {
      answers.add(
          new Answer(
              "/examples/%d/output".formatted(i),
              parsedDraft.content().examples().get(i).output()));
    }
    // The last message may be the beginning of the answer, which the model continues.
    int last = parsedDraft.content().messages().size() - 1;
    parsedDraft.parts().stream()
        .filter(part -> part.role() == Message.Role.ASSISTANT && part.index() < last)
        .filter(part ->
            part.template().tokens().stream().allMatch(token -> token.kind() == Token.Kind.TEXT))
        .forEach(part ->
            answers.add(new Answer("/messages/%d/content".formatted(part.index()), part.text())));
    return answers;
  }
}
