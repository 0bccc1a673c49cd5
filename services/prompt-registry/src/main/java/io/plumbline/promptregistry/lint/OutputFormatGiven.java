package io.plumbline.promptregistry.lint;

import java.util.List;
import java.util.regex.Pattern;

/** Finds prompts without a format for programs that read the answer, or a length for people. */
final class OutputFormatGiven implements LintRule {

  private static final Pattern FORM =
      Pattern.compile(
          "(?<!\\w)(json|yaml|xml|csv|markdown|table|bullet|bullets|list of|numbered|one"
              + " word|single word|one of|exactly|at most|no more"
              + " than|sentences?|paragraphs?|words|characters|tokens|reply only|answer"
              + " only|respond only|answer with|reply with|respond with)(?!\\w)",
          Pattern.CASE_INSENSITIVE);

  @Override
  public Guideline guideline() {
    return new Guideline(
        "output-format-given",
        "Specify the format and length of the answer, preferably as a response format.",
        "Whatever is not specified varies: models add greetings, explanations and Markdown.",
        "What is the sentiment of this review? {{review}}",
        "Answer with one of: positive, negative, neutral. (Or set responseFormat to a JSON Schema"
            + " with these options.)");
  }

  @Override
  public List<Finding> findings(ParsedDraft parsedDraft) {
    if (parsedDraft.content().responseFormat() != null
        || FORM.matcher(parsedDraft.instructions()).find()) {
      return List.of();
    }
    return List.of(
        Finding.withoutPlace(
            ruleName(),
            Finding.Severity.WARNING,
            "/responseFormat",
            "Neither a response format nor the form or length of the answer is given; set"
                + " responseFormat or describe the answer in a message"));
  }
}
