package io.plumbline.inference.retrieval;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A part of a document that retrieval returns.
 *
 * @param number the number by which an answer cites it; 1 for the best
 * @param passageId an id that is unique in its index
 * @param title the title of its document; empty without one
 * @param section its headings, outermost first, joined by {@code " > "}; empty without any
 * @param url the URL of its document; absent when it has none
 * @param publishedAt the time of publication of its document; absent when it is not known
 * @param start the start of its text in the text of the document, in UTF-16 units
 * @param end the end of its text in the text of the document, in UTF-16 units
 * @param score higher for better passages; comparable within one search only
 */
public record Passage(
    int number,
    String passageId,
    String documentId,
    String title,
    String section,
    @Nullable String url,
    @Nullable Instant publishedAt,
    int start,
    int end,
    double score,
    String text) {

  /** The maximum number of passages that a search returns. */
  public static final int MAX_PASSAGES = 20;

  /** Returns the same passage with another number and score. */
  Passage withRank(int newNumber, double newScore) {
    return new Passage(
        newNumber,
        passageId,
        documentId,
        title,
        section,
        url,
        publishedAt,
        start,
        end,
        newScore,
        text);
  }

  /** Returns the title of the passage's document, or the id of a document without a title. */
  public String shownTitle() {
    return title.isBlank() ? documentId : title;
  }
}
