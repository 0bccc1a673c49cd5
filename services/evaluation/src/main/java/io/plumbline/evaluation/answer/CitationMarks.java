package io.plumbline.evaluation.answer;

import java.util.regex.Pattern;

/** The marks by which answers cite passages, as {@code [1]}: they say nothing of the world. */
final class CitationMarks {

  private static final Pattern MARK = Pattern.compile("\\[[0-9]{1,3}]");

  /** With all white space before it, at which it is looked for once and not at each of its ends. */
  private static final Pattern MARK_AFTER_SPACE = Pattern.compile("(?<!\\s)\\s*+" + MARK);

  private CitationMarks() {}

  static String removed(String text) {
    return MARK.matcher(text).replaceAll("");
  }

  /** With the white space before them, so that a sentence ends where it did without its mark. */
  static String removedWithSpace(String text) {
    return MARK_AFTER_SPACE.matcher(text).replaceAll("");
  }
}
