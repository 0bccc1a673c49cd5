package io.plumbline.inference.retrieval;

import java.util.List;
import java.util.function.ToIntFunction;

/** Which of a caller's messages say what to search passages for. */
public enum RetrievalQuery {
  /** The last message of the user. */
  LAST_MESSAGE,
  /** As many of the user's messages as the encoder reads, newest last. */
  CONVERSATION;

  /**
   * The text that is searched for. The last message is in it whole; earlier ones as far as there is
   * room.
   *
   * @param messages of the user, newest last
   * @param tokens of a text
   * @param most that are read
   */
  static String joined(List<String> messages, ToIntFunction<String> tokens, int most) {
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
