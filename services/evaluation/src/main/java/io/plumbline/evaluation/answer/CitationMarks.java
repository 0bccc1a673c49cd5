package io.plumbline.evaluation.answer;

import java.util.regex.Pattern;

/**
 * The marks by which answers cite passages, as {@code [1]}. They are removed before texts are
 * compared, since they are no part of what an answer states.
 */
final class CitationMarks {

  private static final Pattern MARK = Pattern.compile("\\[[0-9]{1,3}]");

  /**
   * A mark with all white space before it. The lookbehind starts a match at the first white space
   * only, so that a long run of it is scanned once.
   */
  private static final Pattern MARK_AFTER_SPACE = Pattern.compile("(?<!\\s)\\s*+" + MARK);

  private CitationMarks() {}

  static String removeFrom(String text) {
    return MARK.matcher(text).replaceAll("");
  }

  /**
   * Removes the marks with the white space before them, so that a sentence ends where it would end
   * without its mark.
   */
  static String removeWithSpaceFrom(String text) {
    return MARK_AFTER_SPACE.matcher(text).replaceAll("");
  }
}
