package io.plumbline.platform.body;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Checks whether a text can be stored and published: PostgreSQL's text has no U+0000, and half of a
 * surrogate pair has no UTF-8 form (RFC 8259, section 8.2).
 */
public final class StorableText {

  private static final Pattern BREAKS = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\p{Z}]+");

  private StorableText() {}

  /**
   * Finds the reason why a text cannot be stored.
   *
   * @return what is wrong with the text and what to do; empty when it can be stored
   */
  public static Optional<String> flaw(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return Optional.of("contains the character U+0000; remove it");
      }
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          return Optional.of("contains half of a surrogate pair; send well-formed Unicode");
        }
        i++;
      }
    }
    return Optional.empty();
  }

  /**
   * Returns a text on one line: one space for each run of control, format and separator characters.
   */
  public static String oneLine(String text) {
    return BREAKS.matcher(text).replaceAll(" ").strip();
  }

  /**
   * Returns the beginning of a text, without half of the surrogate pair that it would end with.
   *
   * @param longest the most UTF-16 units, at least 0
   */
  public static String truncate(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    boolean pair = longest > 0 && Character.isHighSurrogate(text.charAt(longest - 1));
    return text.substring(0, pair ? longest - 1 : longest);
  }
}
