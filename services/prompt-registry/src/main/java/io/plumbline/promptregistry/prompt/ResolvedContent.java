package io.plumbline.promptregistry.prompt;

import io.plumbline.promptregistry.inclusion.Inclusion;
import io.plumbline.prompttemplate.content.PromptContent;
import io.plumbline.prompttemplate.content.Violation;
import java.util.List;

/**
 * A content with what it includes, as a version has it.
 *
 * @param content with what was found; without any partials where they are too large to be read
 * @param includes what was found
 * @param violations all reasons why it cannot be published, and none if it can
 */
public record ResolvedContent(
    PromptContent content, List<Inclusion> includes, List<Violation> violations) {

  public ResolvedContent {
    includes = List.copyOf(includes);
    violations = List.copyOf(violations);
  }
}
