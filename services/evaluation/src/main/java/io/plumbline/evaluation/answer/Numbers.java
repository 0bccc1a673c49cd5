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
public final class Numbers {

  private static final String SEPARATORS = ",'’_\u00a0\u2009\u202f";
  private static final int MAX_DIGITS = 300;
  private static final int MAX_EXPONENT = 300;

  private final String text;
  private final List<BigDecimal> found = new ArrayList<>();
  private int at;

  private Numbers(String text) {
    this.text = text;
  }

  /**
   * Returns the numbers in their order. Numbers of more than {@value #MAX_DIGITS} digits or beyond
   * 10^±{@value #MAX_EXPONENT} are left out.
   */
  public static List<BigDecimal> in(String text) {
    Numbers numbers = new Numbers(text);
    while (numbers.at < text.length()) {
      numbers.next();
    }
    return numbers.found;
  }

  private void next() {
    boolean leadingPoint = character(at) == '.' && digit(at + 1);
    if (!digit(at) && !leadingPoint) {
      at++;
      return;
    }
    int start = at;
    StringBuilder number = new StringBuilder();
    if (!leadingPoint) {
      integerPart(number);
    }
    if (character(at) == '.' && digit(at + 1)) {
      number.append('.');
      at++;
      digits(number);
    }
    int exponent = exponent();
    char before = character(start - 1);
    boolean inWord = Character.isLetter(before) || before == '_';
    if (!inWord && number.length() <= MAX_DIGITS && Math.abs(exponent) <= MAX_EXPONENT) {
      BigDecimal value = new BigDecimal(number.toString()).scaleByPowerOfTen(exponent);
      found.add(isNegative(start) ? value.negate() : value);
    }
  }

  private void integerPart(StringBuilder number) {
    int first = at;
    digits(number);
    char separator = character(at);
    if (at - first > 3 || SEPARATORS.indexOf(separator) < 0) {
      return;
    }
    while (character(at) == separator && isGroup(at + 1)) {
      at++;
      digits(number);
    }
  }

  /** Returns whether exactly three digits begin at an index. */
  private boolean isGroup(int from) {
    return digit(from) && digit(from + 1) && digit(from + 2) && !digit(from + 3);
  }

  private void digits(StringBuilder number) {
    while (digit(at)) {
      if (number.length() <= MAX_DIGITS) {
        number.append(character(at));
      }
      at++;
    }
  }

  private int exponent() {
    char e = character(at);
    if (e != 'e' && e != 'E') {
      return 0;
    }
    boolean signed = character(at + 1) == '+' || isMinus(character(at + 1));
    int from = at + (signed ? 2 : 1);
    if (!digit(from)) {
      return 0;
    }
    boolean negative = isMinus(character(at + 1));
    at = from;
    int value = 0;
    while (digit(at)) {
      value = Math.min(10 * value + character(at) - '0', MAX_EXPONENT + 1);
      at++;
    }
    return negative ? -value : value;
  }

  /**
   * Returns whether a minus sign precedes a number. A sign between two numbers or words, as in
   * {@code 3-5}, is a hyphen.
   */
  private boolean isNegative(int start) {
    return isMinus(character(start - 1)) && !Character.isLetterOrDigit(character(start - 2));
  }

  private static boolean isMinus(char c) {
    return c == '-' || c == '−';
  }

  private boolean digit(int index) {
    char c = character(index);
    return c >= '0' && c <= '9';
  }

  private char character(int index) {
    if (index < 0 || index >= text.length()) {
      return ' ';
    }
    return text.charAt(index);
  }
}
