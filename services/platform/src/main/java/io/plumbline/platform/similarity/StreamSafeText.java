package io.plumbline.platform.similarity;

/**
 * The Stream-Safe Text Format of UAX #15, section 13. Normalization sorts the marks of a character,
 * which takes quadratic time: a text of 100 KB that consists of marks takes seconds. In this form
 * no character has more than 30 marks, which is more than any language writes.
 */
public final class StreamSafeText {

  private static final int MAX_MARKS = 30;

  /** The combining grapheme joiner, an invisible mark that normalization moves no other across. */
  private static final char COMBINING_GRAPHEME_JOINER = '\u034f';

  private StreamSafeText() {}

  /** Returns a text with a joiner after each 30 marks in a row; nearly always the text itself. */
  public static String of(String text) {
    StringBuilder safe = null;
    int marks = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      marks = isMark(c) ? marks + 1 : 0;
      if (marks > MAX_MARKS) {
        if (safe == null) {
          safe = new StringBuilder(text.length() + text.length() / MAX_MARKS).append(text, 0, i);
        }
        safe.append(COMBINING_GRAPHEME_JOINER);
        marks = 1;
      }
      if (safe != null) {
        safe.appendCodePoint(c);
      }
      i += Character.charCount(c);
    }
    return safe == null ? text : safe.toString();
  }

  private static boolean isMark(int c) {
    if (c < 0x300) {
      return false;
    }
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
          true;
      default -> false;
    };
  }
}
