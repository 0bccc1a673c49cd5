package io.plumbline.inference.retrieval;

import java.util.List;
import java.util.function.ToIntFunction;

/** The messages of a caller that passages are searched by. */
public enum RetrievalQuerySource {
  /** The last message of the user. */
  LAST_MESSAGE,
  /** The user's messages, newest last, as many as the encoder reads. */
  CONVERSATION;

  /**
   * Returns the text that is searched for. It has the whole last message, and earlier ones as far
   * as there is room.
   *
   * @param messages the messages of the user, newest last
   * @param tokens counts the tokens of a text
   * @param most the number of tokens that the encoder reads
   */
  static String joinMessages(List<String> messages, ToIntFunction<String> tokens, int most) {
    if (messages.isEmpty()) {
      return "";
    }
    String joined = messages.getLast();
    for (String earlier : messages.reversed().subList(1, messages.size())) {
      String longer = earlier + "\n" + joined;
      if (tokens.applyAsInt(longer) >= most) {
        break;
      }
      joined = longer;
    }
    return joined;
  }
}
