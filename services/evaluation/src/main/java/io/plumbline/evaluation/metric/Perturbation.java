package io.plumbline.evaluation.metric;

import java.util.Locale;
import java.util.regex.Pattern;

/** A change of an input that should not change the answer. Each is a pure function of the text. */
public enum Perturbation {
  NONE {
    @Override
    public String apply(String text) {
      return text;
    }
  },

  /**
   * The text without its leading block of header fields, as mails and some documents have one (RFC
   * 5322, section 2.2).
   */
  HEADERS_STRIPPED {
    @Override
    public String apply(String text) {
      String body = HEADERS.matcher(text).replaceFirst("");
      return body.isBlank() ? text : body;
    }
  },

  LOWER_CASE {
    @Override
    public String apply(String text) {
      return text.toLowerCase(Locale.ROOT);
    }
  },

  /** The first half of the text, counted in code points, which is how people count characters. */
  TRUNCATED {
    @Override
    public String apply(String text) {
      int points = text.codePointCount(0, text.length());
      if (points < 2) {
        return text;
      }
      return text.substring(0, text.offsetByCodePoints(0, points / 2));
    }
  };

  private static final Pattern HEADERS =
      Pattern.compile(
          "\\A\\s*(?:From \\S[^\\n]*\\n)?(?:[!-9;-~]+:[^\\n]*(?:\\n["
              + " \\t]+[^\\n]*)*(?:\\n|\\z))+\\s*");

  public abstract String apply(String text);
}
