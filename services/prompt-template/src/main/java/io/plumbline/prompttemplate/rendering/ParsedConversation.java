package io.plumbline.prompttemplate.rendering;

import io.plumbline.prompttemplate.content.Violation;
import java.util.List;

/** The result of reading a caller's messages. */
public sealed interface ParsedConversation permits Conversation, ParsedConversation.Malformed {

  /** Messages that are not those of a chat request, because of these violations. */
  record Malformed(List<Violation> violations) implements ParsedConversation {}
}
