package io.plumbline.promptregistry.rendering;

/** What reading a template gives. */
public sealed interface ParsedTemplate permits Template, ParsedTemplate.Malformed {

  /**
   * @param reason says what is wrong and what to write instead
   */
  record Malformed(int line, int column, String reason) implements ParsedTemplate {}
}
