package io.plumbline.evaluation.answer;

import io.plumbline.platform.body.StorableText;

/**
 * The score that a scorer gives an output, between 0 and 1, with its reason.
 *
 * @param reason a sentence. It may quote the answer and the scorer's configuration. It refers to
 *     what the item expects by names and pointers only
 */
public record Score(double score, String reason) {

  /** The largest number of characters of a reason. */
  public static final int MAX_CHARACTERS = 300;

  /** The largest number of characters of an answer that a reason quotes at one place. */
  private static final int MAX_QUOTED = 60;

  public Score {
    if (!(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException("A score lies between 0 and 1, not at " + score);
    }
    reason = cut(replaceUnstorableCharacters(reason), MAX_CHARACTERS);
  }

  public static Score full(String reason) {
    return new Score(1, reason);
  }

  public static Score zero(String reason) {
    return new Score(0, reason);
  }

  public static Score of(boolean right, String reason) {
    if (right) {
      return full(reason);
    }
    return zero(reason);
  }

  /** Quotes a piece of an answer for a reason, on one line. */
  public static String quoted(String text) {
    String line = cut(text, MAX_QUOTED + 1).replaceAll("\\s+", " ").strip();
    return "“" + cut(line, MAX_QUOTED) + "”";
  }

  private static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    return StorableText.truncate(text, longest - 1) + "…";
  }

  /**
   * Replaces the characters that a column cannot store. Answers may be hostile, and a reason that
   * quotes one is stored.
   */
  public static String replaceUnstorableCharacters(String text) {
    if (StorableText.flaw(text).isEmpty()) {
      return text;
    }
    StringBuilder clean = new StringBuilder();
    text.codePoints()
        .map(c -> c == 0 || (c >= 0xd800 && c <= 0xdfff) ? 0xfffd : c)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }
}
