package io.plumbline.promptregistry.content;

import java.util.ArrayList;
import java.util.List;

/** Sizes and characters: what neither JSON (RFC 8785) nor PostgreSQL can carry is refused before it gets there. */
final class TextRules {

  private TextRules() {}

  static List<Violation> check(PromptContent content) {
    List<Violation> violations = new ArrayList<>();
    long total = 0;
    for (int i = 0; i < content.messages().size(); i++) {
      String text = content.messages().get(i).content();
      total += text.length();
      characters(text, "/messages/%d/content".formatted(i), violations);
    }
    for (int i = 0; i < content.examples().size(); i++) {
      Example example = content.examples().get(i);
      total += example.input().length() + example.output().length();
      characters(example.input(), "/examples/%d/input".formatted(i), violations);
      characters(example.output(), "/examples/%d/output".formatted(i), violations);
    }
    characters(content.variables().toString(), "/variables", violations);
    characters(content.parameters().toString(), "/parameters", violations);
    characters(String.valueOf(content.responseFormat()), "/responseFormat", violations);
    if (total > PromptContent.MAX_TOTAL) {
      violations.add(
          new Violation("", "messages and examples hold %d characters; at most %d are kept".formatted(total, PromptContent.MAX_TOTAL)));
    }
    return violations;
  }

  private static void characters(String text, String at, List<Violation> violations) {
    if (text.indexOf('\0') >= 0 || text.contains("\\u0000")) {
      violations.add(new Violation(at, "contains the character U+0000; remove it"));
    }
    for (int i = 0; i < text.length(); i++) {
      if (Character.isHighSurrogate(text.charAt(i)) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(text.charAt(i))) {
        violations.add(new Violation(at, "contains half of a surrogate pair at character %d; send well-formed Unicode".formatted(i)));
        return;
      }
    }
  }
}
