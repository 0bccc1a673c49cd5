package io.plumbline.prompttemplate.content;

/**
 * A published prompt version whose text another version includes.
 *
 * @param digest the digest of its content, in hexadecimal digits
 */
public record Partial(String digest, PromptContent content) {

  /**
   * Returns the text of the only message, which stands in the including version in place of the
   * tag. For a content of several messages, or of a placeholder alone, which cannot be included, it
   * returns an empty text.
   */
  public String text() {
    if (content.messages().size() == 1
        && content.messages().getFirst() instanceof Message message) {
      return message.content();
    }
    return "";
  }

  /**
   * Returns whether the content is one message and nothing else, as a partial must be: no
   * placeholder, examples, parameters or response format.
   */
  boolean isSingleMessage() {
    return content.messages().size() == 1
        && content.messages().getFirst() instanceof Message
        && content.examples().isEmpty()
        && content.parameters().isEmpty()
        && content.responseFormat() == null;
  }
}
