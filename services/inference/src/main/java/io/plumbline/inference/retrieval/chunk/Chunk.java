package io.plumbline.inference.retrieval.chunk;

import java.util.List;

/**
 * A part of a document's text under one heading.
 *
 * @param start its start in the text, in UTF-16 units
 * @param end its end in the text, after its last unit
 * @param headings the headings that it stands under, outermost first
 */
public record Chunk(int start, int end, List<String> headings) {

  public Chunk {
    headings = List.copyOf(headings);
  }

  /** Returns the headings in one line; empty without any. */
  public String section() {
    return String.join(" > ", headings);
  }

  public String text(String document) {
    return document.substring(start, end);
  }
}
