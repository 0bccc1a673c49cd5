package io.plumbline.inference.retrieval;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A part of a document, as retrieval gives it.
 *
 * @param number 1 for the best, by which an answer cites it
 * @param passageId unique in its index
 * @param title of the document; empty without one
 * @param section its headings, outermost first, joined by {@code " > "}; empty without any
 * @param url of the document; absent when it has none
 * @param publishedAt of the document; absent when it is not known
 * @param start of the text in the document's, in UTF-16 units
 * @param end after the text in the document's, in UTF-16 units
 * @param score higher for better ones; of one search alone
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

  /** How many a search gives at most. */
  public static final int MOST = 20;

  /** The same in another place of an order. */
  Passage ranked(int newNumber, double newScore) {
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

  /** What readers know its document by. */
  public String shownTitle() {
    return title.isBlank() ? documentId : title;
  }
}
