package io.plumbline.localmodels.extract;

import java.util.List;

/**
 * What the reader answers.
 *
 * @param quotes each as it is quoted, in the order of the passages
 * @param confidence from 0 to 1 that the passages answer the question; it grows with the similarity
 *     of the nearest sentence
 */
public record Extract(List<Quote> quotes, double confidence) {

  /**
   * @param passage its number
   */
  public record Quote(int passage, String text) {

    /** A fence of code ends only in a line of its own. */
    String cited() {
      boolean fenced = text.endsWith("```") || text.endsWith("~~~");
      return text + (fenced ? "\n" : " ") + "[" + passage + "]";
    }
  }

  /** The quotes as paragraphs, each followed by the number of its passage in brackets. */
  public String content() {
    return String.join("\n\n", quotes.stream().map(Quote::cited).toList());
  }
}
