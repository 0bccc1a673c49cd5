package io.plumbline.prompttemplate.content;

/**
 * A published prompt version whose text another one includes.
 *
 * @param digest of its content, in hexadecimal digits
 */
public record Partial(String digest, PromptContent content) {

  /** The text that is included; empty for a content that none can include. */
  public String text() {
    return content.messages().size() == 1
            && content.messages().getFirst() instanceof Message message
        ? message.content()
        : "";
  }

  /** Whether the content is one text and nothing else, as that of a partial has to be. */
  boolean isText() {
    return content.messages().size() == 1
        && content.messages().getFirst() instanceof Message
        && content.examples().isEmpty()
        && content.parameters().isEmpty()
        && content.responseFormat() == null;
  }
}
