package io.plumbline.datasetregistry.quality;

/**
 * An estimate of how many tokens a byte-pair encoder makes of a text, without its vocabulary: a
 * word of letters one token and one more for every six letters beyond the first six, digits one per
 * three, an ideograph or symbol one each, blanks none. Not a provider's count; good for comparing
 * rows and for a first estimate of cost.
 */
final class TokenEstimate {

  /** Named in the report, to distinguish the figure from a tokenizer's. */
  static final String NAME = "plumbline-estimate-1";

  private static final int LETTERS_PER_TOKEN = 6;
  private static final int DIGITS_PER_TOKEN = 3;

  private TokenEstimate() {}

  static int of(String text) {
    int tokens = 0;
    int letters = 0;
    int digits = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean ideograph = c >= 0x2e80 && Character.isIdeographic(c);
      if (!ideograph && Character.isLetter(c)) {
        if (letters++ % LETTERS_PER_TOKEN == 0) {
          tokens++;
        }
        digits = 0;
      } else if (Character.isDigit(c)) {
        if (digits++ % DIGITS_PER_TOKEN == 0) {
          tokens++;
        }
        letters = 0;
      } else {
        letters = 0;
        digits = 0;
        if (!Character.isWhitespace(c) && !Character.isLowSurrogate(c)) {
          tokens++;
        }
      }
    }
    return tokens;
  }
}
