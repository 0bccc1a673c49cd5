package io.plumbline.datasetregistry.document;

import io.plumbline.platform.body.StorableText;

/**
 * What a file says.
 *
 * @param title empty where the file has none
 * @param text plain, or Markdown with the headings of the file
 */
public record ReadFile(String title, String text) {

  /** Characters of a text, as many as a document may have. */
  static final int MAX_TEXT = 1_000_000;

  /** Characters of a title; the rest of a longer one is left out. */
  static final int MAX_TITLE = 300;

  public ReadFile {
    title = StorableText.head(title.strip(), MAX_TITLE);
  }

  /** Without the characters that no text has, such as NUL; tabs and line feeds stay. */
  static String printable(String text) {
    StringBuilder kept = new StringBuilder(text.length());
    text.codePoints()
        .filter(c -> c == '\n' || c == '\t' || !Character.isISOControl(c))
        .map(c -> Character.getType(c) == Character.SURROGATE ? 0xFFFD : c)
        .forEach(kept::appendCodePoint);
    return kept.toString();
  }

  /** A line of text that is no heading, though it may begin like one. */
  static String noHeading(String line) {
    return line.startsWith("#") ? "\\" + line : line;
  }
}
