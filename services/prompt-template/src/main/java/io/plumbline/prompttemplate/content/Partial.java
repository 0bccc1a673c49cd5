package io.plumbline.prompttemplate.content;

/**
 * A published prompt version whose text another version includes.
 *
 * @param digest the digest of its content, in hexadecimal digits
 */
public record Partial(String digest, PromptContent content) {

  /** Returns the text that is included; empty for a content that cannot be included. */
  public String text() {
    if (content.messages().size() == 1
        && content.messages().getFirst() instanceof Message message) {
      return message.content();
    }
    return "";
  }

  /** Returns whether the content is one text and nothing else, as a partial requires. */
  boolean isText() {
    return content.messages().size() == 1
        && content.messages().getFirst() instanceof Message
        && content.examples().isEmpty()
        && content.parameters().isEmpty()
        && content.responseFormat() == null;
  }
}
