package io.plumbline.prompttemplate.content;

import io.plumbline.prompttemplate.template.Template;
import io.plumbline.prompttemplate.template.Token;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rules for the partials of a content and for the messages that name them. */
final class PartialRules {

  /** The deepest nesting of partials. */
  static final int MAX_NESTING = 5;

  /** The maximum characters of all partials of a version, with variables and nested partials. */
  static final int MAX_STORED = 512 * 1024;

  private PartialRules() {}

  /** Returns what is wrong with the partials themselves, whatever the messages do with them. */
  static List<Violation> formViolations(PromptContent content) {
    List<Violation> violations = new ArrayList<>();
    if (content.partials().size() > PromptContent.MAX_PARTIALS) {
      violations.add(
          new Violation(
              "/partials",
              "has %d partials; include at most %d"
                  .formatted(content.partials().size(), PromptContent.MAX_PARTIALS)));
    }
    content
        .partials()
        .forEach((name, partial) -> {
          if (!partial.isSingleMessage()) {
            violations.add(
                new Violation(
                    pointer(name),
                    "is not a text: a partial is a prompt of one message, without placeholder,"
                        + " examples, parameters, tools and response format; choose such a"
                        + " version"));
          } else if (1 + depth(partial.content()) > MAX_NESTING) {
            violations.add(
                new Violation(
                    pointer(name),
                    "nests partials more than %d deep; write some of them out"
                        .formatted(MAX_NESTING)));
          }
        });
    if (violations.isEmpty() && storedLength(content) > MAX_STORED) {
      violations.add(
          new Violation(
              "/partials",
              ("have more than %d characters with their variables and what they include; include"
                      + " fewer or shorter ones")
                  .formatted(MAX_STORED)));
    }
    return violations;
  }

  /**
   * Returns what is wrong between messages and partials.
   *
   * @param unresolved names that the author gave to partials that could not be found
   */
  static List<Violation> usageViolations(PromptContent content, Set<String> unresolved) {
    List<Violation> violations = new ArrayList<>();
    Set<String> included = new HashSet<>();
    for (int i = 0; i < content.messages().size(); i++) {
      if (content.messages().get(i) instanceof Message message
          && Template.parse(message.content()) instanceof Template template) {
        for (Token tag : template.partials()) {
          included.add(tag.name());
          if (!content.partials().containsKey(tag.name()) && !unresolved.contains(tag.name())) {
            violations.add(
                new Violation(
                    "/messages/%d/content".formatted(i),
                    ("line %d, column %d: '%s' is not among the partials; say in partials which"
                            + " prompt it is, at which version or label")
                        .formatted(tag.line(), tag.column(), tag.name())));
          }
        }
      }
    }
    content.partials().keySet().stream()
        .filter(name -> !included.contains(name))
        .forEach(name ->
            violations.add(
                new Violation(
                    pointer(name),
                    "is included by no message; write {{> %s}} where it goes, or remove it"
                        .formatted(name))));
    return violations;
  }

  static String pointer(String name) {
    return "/partials/" + name;
  }

  /** Counts the characters of all partials: a version keeps nested partials in full, each time. */
  private static long storedLength(PromptContent content) {
    return content.partials().values().stream()
        .map(Partial::content)
        .mapToLong(partial ->
            partial.length(MAX_STORED)
                + partial.variables().toString().length()
                + storedLength(partial))
        .sum();
  }

  private static int depth(PromptContent content) {
    return content.partials().values().stream()
        .mapToInt(partial -> 1 + depth(partial.content()))
        .max()
        .orElse(0);
  }
}
