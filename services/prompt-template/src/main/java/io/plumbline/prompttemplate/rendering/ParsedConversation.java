package io.plumbline.prompttemplate.rendering;

import io.plumbline.prompttemplate.content.Violation;
import java.util.List;

/** What was read of a caller's messages. */
public sealed interface ParsedConversation permits Conversation, ParsedConversation.Malformed {

  /** Not the messages of a chat request, because of these violations. */
  record Malformed(List<Violation> violations) implements ParsedConversation {}
}
