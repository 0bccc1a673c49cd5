package io.plumbline.promptregistry.prompt;

import io.plumbline.prompttemplate.content.PromptContent;
import java.util.Map;

/**
 * A content as its author writes it.
 *
 * @param content without what it includes
 * @param partials what its messages include, by the name that they say
 */
public record WrittenContent(PromptContent content, Map<String, PartialReference> partials) {

  public WrittenContent {
    partials = Map.copyOf(partials);
  }
}
