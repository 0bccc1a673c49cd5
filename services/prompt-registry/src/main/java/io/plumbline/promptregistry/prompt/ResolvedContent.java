package io.plumbline.promptregistry.prompt;

import io.plumbline.promptregistry.inclusion.Inclusion;
import io.plumbline.prompttemplate.content.PromptContent;
import io.plumbline.prompttemplate.content.Violation;
import java.util.List;

/**
 * A content with its partials, as a version has it.
 *
 * @param content the content with the partials that were found; without any partials when they are
 *     too large to be read
 * @param includes the partials that were found
 * @param violations all reasons why the content cannot be published; empty if it can
 */
public record ResolvedContent(
    PromptContent content, List<Inclusion> includes, List<Violation> violations) {

  public ResolvedContent {
    includes = List.copyOf(includes);
    violations = List.copyOf(violations);
  }
}
