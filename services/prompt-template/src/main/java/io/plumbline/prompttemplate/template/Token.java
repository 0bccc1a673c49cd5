package io.plumbline.prompttemplate.template;

/**
 * A piece of a template's source.
 *
 * @param text the source of the token, braces included
 * @param name the variable, section or partial named; empty for text and comments
 * @param line line of the first character, counted from 1
 * @param column column of the first character, counted from 1
 */
public record Token(Kind kind, String text, String name, int offset, int line, int column) {

  /** The kind of a token. */
  public enum Kind {
    TEXT,
    VARIABLE,
    SECTION,
    INVERTED,
    END,
    PARTIAL,
    COMMENT
  }
}
