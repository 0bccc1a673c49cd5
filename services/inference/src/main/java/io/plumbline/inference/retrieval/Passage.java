package io.plumbline.inference.retrieval;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A part of a document that retrieval returns.
 *
 * @param number the number by which an answer cites the passage; 1 for the best
 * @param passageId an id that is unique in its index
 * @param title the title of the document; empty when the document has none
 * @param section the headings above it, outermost first, joined by {@code " > "}; may be empty
 * @param url the URL of the document; absent when the document has none
 * @param publishedAt when the document was published; absent when that is not known
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
