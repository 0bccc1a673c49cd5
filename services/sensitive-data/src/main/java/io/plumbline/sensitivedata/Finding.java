package io.plumbline.sensitivedata;

/**
 * The place and kind of a sensitive value; never the value itself.
 *
 * @param start offset of the first character (UTF-16 code units)
 * @param end offset after the last one
 */
public record Finding(SensitiveKind kind, int start, int end) {

  public Finding {
    if (start < 0 || end <= start) {
      throw new IllegalArgumentException("A finding spans at least one character");
    }
  }

  public int length() {
    return end - start;
  }

  /**
   * Returns the shape of the found text, which is safe to show: every letter is {@code x} and every
   * digit {@code 9}, and at most 24 characters are shown.
   */
  public String preview(String text) {
    int shown = Math.min(length(), 24);
    StringBuilder shape = new StringBuilder(shown + 1);
    for (int i = start; i < start + shown; i++) {
      shape.append(shapeOf(text.charAt(i)));
    }
    if (shown < length()) {
      shape.append('…');
    }
    return shape.toString();
  }

  private static char shapeOf(char c) {
    if (Character.isDigit(c)) {
      return '9';
    }
    if (Character.isLetter(c) || Character.isSurrogate(c)) {
      return 'x';
    }
    if (Character.isISOControl(c)) {
      return ' ';
    }
    return c;
  }
}
