package io.plumbline.datasetregistry.upload;

import io.plumbline.contracts.Digest;
import io.plumbline.datasetregistry.row.RawRecord;
import io.plumbline.datasetregistry.row.RowProblem;
import io.plumbline.items.Document;
import io.plumbline.items.Expected;
import io.plumbline.items.PassageReference;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A set of document ids, each of which may occur once. Only 64 bits of an id's digest are kept, so
 * that a million ids take about 30 MB.
 */
public final class DocumentIds {

  /** The maximum number of ids that the fault of a question names. */
  private static final int MAX_NAMED = 3;

  private long[] heads = new long[1 << 8];

  /** The place of the record with the head in the same slot; 0 for an empty slot. */
  private long[] places = new long[1 << 8];

  private int size;

  /** Adds a document's id, and returns the fault if an earlier document has the same id. */
  public Optional<RowProblem> addOrFault(RawRecord raw, Document document) {
    long earlier = add(document.documentId(), raw.line() > 0 ? raw.line() : raw.row());
    if (earlier == 0) {
      return Optional.empty();
    }
    return Optional.of(repeatedIdProblem(raw, earlier));
  }

  /** Returns the fault of a question that names documents outside this set; empty if none. */
  public Optional<RowProblem> unknownIdFault(RawRecord raw, Expected expected) {
    List<String> unknown =
        expected.passages().stream()
            .map(PassageReference::documentId)
            .filter(id -> places[slot(digestPrefix(id))] == 0)
            .distinct()
            .toList();
    if (unknown.isEmpty()) {
      return Optional.empty();
    }
    int more = unknown.size() - MAX_NAMED;
    return Optional.of(
        raw.newProblem(
            RowProblem.Code.UNKNOWN_DOCUMENT,
            null,
            unknown.stream()
                .limit(MAX_NAMED)
                .map(id -> '"' + id + '"')
                .collect(
                    Collectors.joining(
                        ", ",
                        "names ",
                        (more > 0 ? " and %,d more".formatted(more) : "")
                            + ", but no document has such an id")),
            "Write ids as the documents have them, or upload without naming the documents"));
  }

  /**
   * Adds an id.
   *
   * @param place the place of the document, from 1
   * @return the place of the earlier document with the id, which stays in the set; 0 if there is
   *     none
   */
  public long add(String id, long place) {
    long head = digestPrefix(id);
    int slot = slot(head);
    if (places[slot] != 0) {
      return places[slot];
    }
    heads[slot] = head;
    places[slot] = place;
    if (++size * 2 > heads.length) {
      grow();
    }
    return 0;
  }

  private static long digestPrefix(String id) {
    return Long.parseUnsignedLong(Digest.ofText(id).hex(), 0, 16, 16);
  }

  private static RowProblem repeatedIdProblem(RawRecord raw, long earlier) {
    return raw.newProblem(
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
