package io.plumbline.localmodels.extract;

/**
 * A part of a passage that can be quoted by itself.
 *
 * @param text the text as it stands in the passage
 */
public record Sentence(NumberedPassage passage, Kind kind, String text) {

  /** The kinds of parts in a document. */
  public enum Kind {
    PROSE,
    /** A paragraph or list item of nothing but links. */
    LINKS,
    TABLE_ROW,
    /** A block of code, with the sentence that leads to it if there is one. */
    CODE
  }

  static Sentence of(NumberedPassage passage, PassageSplitter.Part part) {
    return new Sentence(passage, part.kind(), passage.text().substring(part.start(), part.end()));
  }

  /** Returns the text that is embedded: a sentence often concerns what only its headings name. */
  public String withHeading() {
    if (passage.heading().isBlank()) {
      return text;
    }
    return passage.heading() + "\n" + text;
  }
}
