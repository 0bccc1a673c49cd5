package io.plumbline.promptregistry.lint;

import io.plumbline.prompttemplate.template.Token;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Finds names in single braces, which are variables in other template languages but text here. */
final class SingleBraces implements LintRule {

  /** A name in single braces, not after a TeX command or an exponent, nor within more braces. */
  private static final Pattern NAME =
      Pattern.compile("(?<![\\w\\\\^{}])\\{ {0,3}([A-Za-z_][\\w.]{0,62}) {0,3}}(?!})");

  @Override
  public Guideline guideline() {
    return new Guideline(
        "single-braces",
        "Write a variable in two braces.",
        "Single braces are text: the model reads the name of the variable in place of its value.",
        "Answer the question: {question}",
        "Answer the question: {{question}}");
  }

  @Override
  public List<Finding> findings(ParsedDraft parsedDraft) {
    FirstFindings findings = new FirstFindings();
    for (ParsedDraft.Part part : parsedDraft.parts()) {
      for (Token text : part.template().tokens()) {
        if (text.kind() == Token.Kind.TEXT) {
          NAME.matcher(text.text())
              .results()
              .forEach(match -> {
                Finding.Severity severity = severity(parsedDraft, match);
                findings.add(severity, () -> finding(part, text.offset(), match, severity));
              });
        }
      }
    }
    return findings.kept();
  }

  /** Returns the severity. The name of a variable is an error, because its value is meant. */
  private static Finding.Severity severity(ParsedDraft parsedDraft, MatchResult match) {
    String variable = match.group(1).split("\\.", 2)[0];
    if (parsedDraft.content().variables().path("properties").has(variable)) {
      return Finding.Severity.ERROR;
    }
    return Finding.Severity.WARNING;
  }

  private Finding finding(
      ParsedDraft.Part part, int offset, MatchResult match, Finding.Severity severity) {
    String detail =
        severity == Finding.Severity.ERROR
            ? "%s is sent as it stands, and not the value of the variable; write {{%s}}"
            : "%s looks like a variable, but single braces are text; write {{%s}} and declare it,"
                + " or leave it if the model is to read it";
    return Finding.atPassage(
        ruleName(),
        severity,
        "/messages/%d/content".formatted(part.index()),
        part.index(),
        part.text(),
        offset + match.start(),
        match.group(),
        detail.formatted(match.group(), match.group(1)));
  }
}
