package io.plumbline.evaluation.answer;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * The numbers in a text, as English writes them: a point before the decimals, and between groups of
 * three digits a comma, an apostrophe, an underscore or a narrow or no-break space. An exponent, as
 * in {@code 1.5e3}, and a sign belong to the number; digits inside a word, as in {@code A4}, are
 * none.
 */
public final class NumberExtractor {

  private static final String SEPARATORS = ",'’_\u00a0\u2009\u202f";
  private static final int MAX_DIGITS = 300;
  private static final int MAX_EXPONENT = 300;

  private final String text;
  private final List<BigDecimal> found = new ArrayList<>();
  private int at;

  private NumberExtractor(String text) {
    this.text = text;
  }

  /**
   * Returns the numbers in their order. Numbers of more than {@value #MAX_DIGITS} digits or beyond
   * 10^±{@value #MAX_EXPONENT} are left out.
   */
  public static List<BigDecimal> extractFrom(String text) {
    NumberExtractor numberExtractor = new NumberExtractor(text);
    while (numberExtractor.at < text.length()) {
      numberExtractor.readNext();
    }
    return numberExtractor.found;
  }

  private void readNext() {
    boolean leadingPoint = characterAt(at) == '.' && isDigit(at + 1);
    if (!isDigit(at) && !leadingPoint) {
      at++;
      return;
    }
    int start = at;
    StringBuilder number = new StringBuilder();
    if (!leadingPoint) {
      appendIntegerPart(number);
    }
    if (characterAt(at) == '.' && isDigit(at + 1)) {
      number.append('.');
      at++;
      appendDigits(number);
    }
    int exponent = readExponent();
    char before = characterAt(start - 1);
    boolean inWord = Character.isLetter(before) || before == '_';
    if (!inWord && number.length() <= MAX_DIGITS && Math.abs(exponent) <= MAX_EXPONENT) {
      BigDecimal value = new BigDecimal(number.toString()).scaleByPowerOfTen(exponent);
      found.add(isNegative(start) ? value.negate() : value);
    }
  }

  private void appendIntegerPart(StringBuilder number) {
    int first = at;
    appendDigits(number);
    char separator = characterAt(at);
    if (at - first > 3 || SEPARATORS.indexOf(separator) < 0) {
      return;
    }
    while (characterAt(at) == separator && isGroup(at + 1)) {
      at++;
      appendDigits(number);
    }
  }

  /** Returns whether exactly three digits begin at an index. */
  private boolean isGroup(int from) {
    return isDigit(from) && isDigit(from + 1) && isDigit(from + 2) && !isDigit(from + 3);
  }

  private void appendDigits(StringBuilder number) {
    while (isDigit(at)) {
      if (number.length() <= MAX_DIGITS) {
        number.append(characterAt(at));
      }
      at++;
    }
  }

  private int readExponent() {
    char e = characterAt(at);
    if (e != 'e' && e != 'E') {
      return 0;
    }
    boolean signed = characterAt(at + 1) == '+' || isMinus(characterAt(at + 1));
    int from = at + (signed ? 2 : 1);
    if (!isDigit(from)) {
      return 0;
    }
    boolean negative = isMinus(characterAt(at + 1));
    at = from;
    int value = 0;
    while (isDigit(at)) {
      value = Math.min(10 * value + characterAt(at) - '0', MAX_EXPONENT + 1);
      at++;
    }
    return negative ? -value : value;
  }

  /**
   * Returns whether a minus sign precedes a number. A sign between two numbers or words, as in
   * {@code 3-5}, is a hyphen.
   */
  private boolean isNegative(int start) {
    return isMinus(characterAt(start - 1)) && !Character.isLetterOrDigit(characterAt(start - 2));
  }

  private static boolean isMinus(char c) {
    return c == '-' || c == '−';
  }

  private boolean isDigit(int index) {
    char c = characterAt(index);
    return c >= '0' && c <= '9';
  }

  private char characterAt(int index) {
    if (index < 0 || index >= text.length()) {
      return ' ';
    }
    return text.charAt(index);
  }
}
