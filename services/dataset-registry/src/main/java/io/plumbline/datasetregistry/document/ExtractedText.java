package io.plumbline.datasetregistry.document;

import io.plumbline.platform.body.StorableText;

/**
 * The title and the text of a file.
 *
 * @param title empty if the file has none
 * @param text plain text, or Markdown with the headings of the file
 */
public record ExtractedText(String title, String text) {

  /** The maximum characters of a text, which is the limit of a document. */
  static final int MAX_TEXT = 1_000_000;

  /** The maximum characters of a title; a longer one is cut. */
  static final int MAX_TITLE = 300;

  public ExtractedText {
    title = StorableText.truncate(title.strip(), MAX_TITLE);
  }

  /**
   * Returns the text without control characters, such as NUL. Tabs and line feeds stay; unpaired
   * surrogates become U+FFFD.
   */
  static String withoutControlCharacters(String text) {
    StringBuilder kept = new StringBuilder(text.length());
    text.codePoints()
        .filter(c -> c == '\n' || c == '\t' || !Character.isISOControl(c))
        .map(c -> Character.getType(c) == Character.SURROGATE ? 0xFFFD : c)
        .forEach(kept::appendCodePoint);
    return kept.toString();
  }

  /** Returns the line, escaped if Markdown would otherwise read it as a heading. */
  static String escapeHeading(String line) {
    return line.startsWith("#") ? "\\" + line : line;
  }
}
