package io.plumbline.datasetregistry.row;

import io.plumbline.contracts.Digest;
import io.plumbline.items.Document;
import java.util.Optional;

/**
 * The ids of the documents of an upload, each of which may be there once. Of an id 64 bits of its
 * digest are kept, so that a million of them cost some 30 MB.
 */
public final class DocumentIds {

  private long[] heads = new long[1 << 8];

  /** Of the record with the head; 0 where there is none. */
  private long[] places = new long[1 << 8];

  private int size;

  /** What is wrong with a document whose id an earlier one has; empty for others. */
  public Optional<RowProblem> repeated(RawRecord raw, Document document) {
    long head = Long.parseUnsignedLong(Digest.ofText(document.documentId()).hex(), 0, 16, 16);
    int slot = slot(head);
    if (places[slot] != 0) {
      return Optional.of(problem(raw, places[slot]));
    }
    heads[slot] = head;
    places[slot] = raw.line() > 0 ? raw.line() : raw.row();
    if (++size * 2 > heads.length) {
      grow();
    }
    return Optional.empty();
  }

  private static RowProblem problem(RawRecord raw, long earlier) {
    return raw.problem(
        RowProblem.Code.DUPLICATE,
        "document.documentId",
        "is also that of the document on %s %d".formatted(raw.line() > 0 ? "line" : "row", earlier),
        "Give each document an id of its own, and keep one of two versions of a document");
  }

  private int slot(long head) {
    int slot = (int) (head >>> 20) & heads.length - 1;
    while (places[slot] != 0 && heads[slot] != head) {
      slot = slot + 1 & heads.length - 1;
    }
    return slot;
  }

  private void grow() {
    long[] oldHeads = heads;
    long[] oldPlaces = places;
    heads = new long[oldHeads.length * 2];
    places = new long[heads.length];
    for (int i = 0; i < oldHeads.length; i++) {
      if (oldPlaces[i] != 0) {
        int slot = slot(oldHeads[i]);
        heads[slot] = oldHeads[i];
        places[slot] = oldPlaces[i];
      }
    }
  }
}
