package io.plumbline.evaluation.answer;

import io.plumbline.platform.body.StorableText;

/**
 * What a scorer gives an output, between 0 and 1, and why.
 *
 * @param reason a sentence. It may quote the answer, and what was configured; what the item expects
 *     it quotes by names and pointers only
 */
public record Score(double score, String reason) {

  /** Characters of a reason. */
  public static final int LONGEST = 300;

  /** Characters of an answer that a reason quotes at one place. */
  private static final int QUOTED = 60;

  public Score {
    if (!(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException("A score lies between 0 and 1, not at " + score);
    }
    reason = cut(storable(reason), LONGEST);
  }

  public static Score full(String reason) {
    return new Score(1, reason);
  }

  public static Score none(String reason) {
    return new Score(0, reason);
  }

  public static Score of(boolean right, String reason) {
    return right ? full(reason) : none(reason);
  }

  /** A piece of an answer in a reason, on one line. */
  public static String quoted(String text) {
    String line = cut(text, QUOTED + 1).replaceAll("\\s+", " ").strip();
    return "“" + cut(line, QUOTED) + "”";
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest ? text : StorableText.head(text, longest - 1) + "…";
  }

  /** A text that columns store: answers are hostile, and a reason that quotes one is kept too. */
  public static String storable(String text) {
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
