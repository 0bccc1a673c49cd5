package io.plumbline.items;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A document that questions are answered from.
 *
 * @param documentId the owner's name for the document, such as a path; unique in its dataset, and
 *     kept when the text changes
 * @param title a title for people; empty when there is none
 * @param text plain text or Markdown, whose headings divide it into sections
 * @param url where readers find it; absent when it has none
 * @param publishedAt absent when it is not known
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"documentId", "title", "text", "url", "publishedAt"})
public record Document(
    String documentId,
    String title,
    String text,
    @Nullable String url,
    @Nullable Instant publishedAt) {

  /** The largest length of an id, in characters. */
  public static final int MAX_ID = 500;

  public Document(
      String documentId,
      @Nullable String title,
      String text,
      @Nullable String url,
      @Nullable Instant publishedAt) {
    this.documentId = Objects.requireNonNull(documentId, "a document has an id");
    this.title = Objects.requireNonNullElse(title, "");
    this.text = Objects.requireNonNull(text, "a document has a text");
    this.url = url;
    this.publishedAt = publishedAt;
  }
}
