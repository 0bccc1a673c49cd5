package io.plumbline.prompttemplate.template;

/** The result of parsing a template. */
public sealed interface ParsedTemplate permits Template, ParsedTemplate.Malformed {

  /**
   * A source that is not a template.
   *
   * @param reason what is wrong and what to write instead
   */
  record Malformed(int line, int column, String reason) implements ParsedTemplate {}
}
