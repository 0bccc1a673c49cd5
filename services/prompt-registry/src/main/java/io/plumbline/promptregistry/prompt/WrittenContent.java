package io.plumbline.promptregistry.prompt;

import io.plumbline.prompttemplate.content.PromptContent;
import java.util.Map;

/**
 * A content as its author writes it.
 *
 * @param content the content without its partials
 * @param partials the references that its messages include, by the name in the messages
 */
public record WrittenContent(PromptContent content, Map<String, PartialReference> partials) {

  public WrittenContent {
    partials = Map.copyOf(partials);
  }
}
