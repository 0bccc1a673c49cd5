package io.plumbline.inference.retrieval;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.retrieval.chunk.Chunk;
import io.plumbline.inference.retrieval.chunk.Chunker;
import io.plumbline.items.Document;
import io.plumbline.items.Item;
import java.util.List;

/**
 * A passage that is added to an index.
 *
 * @param embedded the text that the encoder reads and that the passage's words are taken from
 */
record PassageEntry(String passageId, Document document, Chunk chunk, String embedded) {

  private static final int ID_LENGTH = 16;

  /**
   * Divides the document of an item into entries.
   *
   * @throws IllegalArgumentException naming the item that cannot be divided
   */
  static List<PassageEntry> of(Item item, Chunker chunker) {
    Document document = item.input().document();
    if (document == null) {
      throw new IllegalArgumentException(
          "Item %s is not a document. An index of passages needs a dataset of the kind DOCUMENTS."
              .formatted(item.itemId()));
    }
    try {
      return chunker.chunks(document.title(), document.text()).stream()
          .map(chunk ->
              new PassageEntry(
                  passageIdOf(item, chunk),
                  document,
                  chunk,
                  chunker.embeddedText(document.title(), chunk, document.text())))
          .toList();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Document '%s' cannot be indexed: %s.".formatted(document.documentId(), e.getMessage()),
          e);
    }
  }

  String text() {
    return chunk.text(document.text());
  }

  /**
   * Returns an id that is short, because a trace names all passages that a call was given, and that
   * has no words of the document.
   */
  private static String passageIdOf(Item item, Chunk chunk) {
    return Digest.ofText("%s %d %d".formatted(item.itemId(), chunk.start(), chunk.end()))
        .hex()
        .substring(0, ID_LENGTH);
  }
}
