package io.plumbline.localmodels.extract;

import java.util.List;

/**
 * The answer of the {@link ExtractReader}.
 *
 * @param quotes the quotes word for word, in the order of the passages
 * @param confidence from 0 to 1 that the passages answer the question; it grows with the similarity
 *     of the nearest sentence
 */
public record ExtractiveAnswer(List<Quote> quotes, double confidence) {

  /**
   * A quote from a passage.
   *
   * @param passage the number of the passage
   */
  public record Quote(int passage, String text) {

    /** Returns the quote with its citation. A fence of code ends only in a line of its own. */
    String withCitation() {
      boolean fenced = text.endsWith("```") || text.endsWith("~~~");
      return text + (fenced ? "\n" : " ") + "[" + passage + "]";
    }
  }

  /** Returns the quotes as paragraphs, each followed by the number of its passage in brackets. */
  public String content() {
    return String.join("\n\n", quotes.stream().map(Quote::withCitation).toList());
  }
}
