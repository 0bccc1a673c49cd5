package io.plumbline.datasetregistry.quality;

/**
 * An estimate of the number of tokens that a byte-pair encoder makes of a text, without its
 * vocabulary. Every six letters of a word, complete or not, count as one token, and so do every
 * three digits of a number; an ideograph or symbol counts as one, white space as none. It is not a
 * provider's count; it serves to compare rows and for a first estimate of cost.
 */
final class TokenEstimate {

  /** The name of the estimate in the report, which distinguishes it from a tokenizer's count. */
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
