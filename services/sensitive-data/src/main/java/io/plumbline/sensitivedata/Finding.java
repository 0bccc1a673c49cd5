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
   * The shape of the found text, safe to show: every letter is {@code x}, every digit {@code 9},
   * and at most 24 characters.
   */
  public String preview(String text) {
    int shown = Math.min(length(), 24);
    StringBuilder shape = new StringBuilder(shown + 1);
    for (int i = start; i < start + shown; i++) {
      char c = text.charAt(i);
      shape.append(
          Character.isDigit(c)
              ? '9'
              : Character.isLetter(c) || Character.isSurrogate(c)
                  ? 'x'
                  : Character.isISOControl(c) ? ' ' : c);
    }
    return shown < length() ? shape.append('…').toString() : shape.toString();
  }
}
