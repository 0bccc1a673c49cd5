package io.plumbline.inference.retrieval.chunk;

import java.util.List;

/**
 * A part of a document's text under one heading.
 *
 * @param start in the text, in UTF-16 units
 * @param end after its last unit
 * @param headings that it stands under, outermost first
 */
public record Chunk(int start, int end, List<String> headings) {

  public Chunk {
    headings = List.copyOf(headings);
  }

  /** The headings in one line; empty without any. */
  public String section() {
    return String.join(" > ", headings);
  }

  public String text(String document) {
    return document.substring(start, end);
  }
}
