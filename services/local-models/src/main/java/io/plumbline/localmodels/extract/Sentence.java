package io.plumbline.localmodels.extract;

/**
 * A part of a passage that can be quoted by itself.
 *
 * @param text as it stands in the passage
 */
public record Sentence(NumberedPassage passage, Kind kind, String text) {

  /** What a part is in its document. */
  public enum Kind {
    PROSE,
    /** A paragraph or list item of nothing but links. */
    LINKS,
    TABLE_ROW,
    /** With the sentence that leads to it, where there is one. */
    CODE
  }

  static Sentence of(NumberedPassage passage, PassageParts.Part part) {
    return new Sentence(passage, part.kind(), passage.text().substring(part.start(), part.end()));
  }

  /** What is embedded: a sentence is often about something that only its headings name. */
  public String inContext() {
    return passage.heading().isBlank() ? text : passage.heading() + "\n" + text;
  }
}
