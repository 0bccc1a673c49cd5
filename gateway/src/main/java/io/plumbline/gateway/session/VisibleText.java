package io.plumbline.gateway.session;

import org.jspecify.annotations.Nullable;

/**
 * The rule of Spring Security's firewall for headers and parameter names, as a loop: only assigned
 * characters that are no controls. The firewall's regular expressions run at each access to a
 * header and took a measurable part of a request. The firewall passes null for an absent header.
 */
final class VisibleText {

  private VisibleText() {}

  static boolean isValidName(@Nullable String text) {
    return isVisible(text, false);
  }

  /** Returns whether a text is valid as a value, which may contain tabs (RFC 9110, section 5.5). */
  static boolean isValidValue(@Nullable String text) {
    return isVisible(text, true);
  }

  private static boolean isVisible(@Nullable String text, boolean tabs) {
    if (text == null) {
      return true;
    }
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (!isVisible(c) && !(tabs && c == '\t')) {
        return false;
      }
      i += Character.charCount(c);
    }
    return true;
  }

  private static boolean isVisible(int c) {
    if (c >= ' ' && c < 0x7f) {
      return true;
    }
    return Character.isDefined(c) && !Character.isISOControl(c);
  }
}
