package io.plumbline.promptregistry.lint;

import io.plumbline.prompttemplate.content.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Finds vague words, which leave the result to chance, and contradicting instructions, which leave
 * it to the model.
 */
final class ClearInstruction implements LintRule {

  private static final Pattern VAGUE =
      Pattern.compile(
          "(?<!\\w)(as appropriate|where appropriate|if possible|as needed|if necessary|and so"
              + " on|etc\\.|something like|kind of|sort of|some stuff|things like|a good"
              + " (?:answer|response|summary)|reasonably|properly|try to|do your"
              + " best|maybe|nicely)(?!\\w)",
          Pattern.CASE_INSENSITIVE);

  private record Conflict(Pattern one, Pattern other, String detail) {}

  private static final List<Conflict> CONFLICTS =
      List.of(
          new Conflict(
              anyOf("brief|briefly|concise|concisely|short answer"),
              anyOf("in detail|detailed|comprehensive|comprehensively|exhaustive"),
              "asks for a short and for a detailed answer; state one length in words or sentences"),
          new Conflict(
              anyOf("only (?:the )?json|json only|nothing but json|only a json"),
              anyOf("explain your (?:answer|reasoning|choice)|give (?:a|your) reason|step by step"),
              "asks for JSON only and for an explanation; give the explanation a field or drop it"),
          new Conflict(
              anyOf("formal|formally"),
              anyOf("casual|casually|informal|playful"),
              "asks for a formal and for a casual tone; choose one"));

  @Override
  public Guideline guideline() {
    return new Guideline(
        "instruction-clarity",
        "Say exactly what to do; avoid vague words and instructions that contradict each other.",
        "Every model version interprets a vague word differently, so results drift although the"
            + " prompt stays the same.",
        "Try to summarize the ticket briefly but in detail, etc.",
        "Summarize the ticket in at most three sentences: the problem, what was tried, what the"
            + " customer expects.");
  }

  @Override
  public List<Finding> findings(ParsedDraft parsedDraft) {
    List<Finding> findings = new ArrayList<>();
    for (ParsedDraft.Part part : parsedDraft.parts()) {
      if (part.role() == Message.Role.ASSISTANT) {
        continue;
      }
      VAGUE
          .matcher(part.text())
          .results()
          .forEach(match -> findings.add(vagueFinding(part, match)));
    }
    for (Conflict conflict : CONFLICTS) {
      addContradiction(parsedDraft, conflict, findings);
    }
    return findings;
  }

  private Finding vagueFinding(ParsedDraft.Part part, MatchResult match) {
    return Finding.atPassage(
        ruleName(),
        Finding.Severity.WARNING,
        "/messages/%d/content".formatted(part.index()),
        part.index(),
        part.text(),
        match.start(),
        match.group(),
        "'%s' leaves open what to do; say it in a way that can be checked"
            .formatted(match.group()));
  }

  private void addContradiction(
      ParsedDraft parsedDraft, Conflict conflict, List<Finding> findings) {
    if (!conflict.one().matcher(parsedDraft.instructions()).find()) {
      return;
    }
    for (ParsedDraft.Part part : parsedDraft.parts()) {
      conflict
          .other()
          .matcher(part.text())
          .results()
          .findFirst()
          .ifPresent(match ->
              findings.add(
                  Finding.atPassage(
                      ruleName(),
                      Finding.Severity.WARNING,
                      "/messages/%d/content".formatted(part.index()),
                      part.index(),
                      part.text(),
                      match.start(),
                      match.group(),
                      "The prompt " + conflict.detail())));
    }
  }

  private static Pattern anyOf(String alternatives) {
    return Pattern.compile("(?<!\\w)(?:" + alternatives + ")(?!\\w)", Pattern.CASE_INSENSITIVE);
  }
}
