package io.plumbline.promptregistry.lint;

import io.plumbline.prompttemplate.template.Token;
import org.jspecify.annotations.Nullable;

/**
 * A place where a prompt breaks a guideline.
 *
 * @param pointer RFC 6901 pointer to the text or field
 * @param message index of the message; absent when the finding concerns the version as a whole or
 *     an example
 * @param line line inside the text, counted from 1; absent without a text
 * @param column column inside the line, counted from 1
 * @param excerpt the words at the place; a secret is masked
 * @param detail what to change
 */
public record Finding(
    String rule,
    Severity severity,
    String pointer,
    @Nullable Integer message,
    @Nullable Integer line,
    @Nullable Integer column,
    @Nullable String excerpt,
    String detail) {

  /** The severity of a finding. */
  public enum Severity {
    ERROR,
    WARNING,
    ADVICE
  }

  static Finding withoutPlace(String rule, Severity severity, String pointer, String detail) {
    return new Finding(rule, severity, pointer, null, null, null, null, detail);
  }

  static Finding atToken(String rule, Severity severity, int message, Token token, String detail) {
    return new Finding(
        rule,
        severity,
        "/messages/%d/content".formatted(message),
        message,
        token.line(),
        token.column(),
        token.text(),
        detail);
  }

  /** Returns a finding at an offset in a text. */
  static Finding atPassage(
      String rule,
      Severity severity,
      String pointer,
      @Nullable Integer message,
      String text,
      int offset,
      String excerpt,
      String detail) {
    int line =
        1 + (int) text.substring(0, offset).chars().filter(character -> character == '\n').count();
    int column = offset - text.lastIndexOf('\n', offset - 1);
    return new Finding(rule, severity, pointer, message, line, column, excerpt, detail);
  }
}
