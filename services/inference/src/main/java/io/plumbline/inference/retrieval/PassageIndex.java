package io.plumbline.inference.retrieval;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Passages of documents, searched by words and by meaning. */
interface PassageIndex {

  /**
   * A passage, and how it was found.
   *
   * @param lexicalRank by its words, 1 for the best; absent beyond what was looked at
   * @param vectorRank by its meaning, 1 for the best; absent beyond what was looked at
   */
  record Found(Passage passage, @Nullable Integer lexicalRank, @Nullable Integer vectorRank) {}

  /**
   * The best passages, best first, by both rankings together.
   *
   * @param vector the text, embedded by the index's encoder
   */
  List<Found> search(String text, float[] vector, int count) throws IOException;

  /**
   * Which passages are listed: all, unless one of these is given.
   *
   * @param documentId of the document that they are of
   * @param passageIds any of them; empty for any
   */
  record Selection(@Nullable String documentId, List<String> passageIds) {}

  /**
   * A passage in a list.
   *
   * @param place in the index, from 0
   */
  record Listed(int place, Passage passage) {}

  /**
   * A part of a list.
   *
   * @param total of the whole list
   */
  record Listing(List<Listed> passages, int total) {}

  /**
   * The selected passages in the order of the documents, and in these from start to end.
   *
   * @param from the first place that is looked at
   */
  Listing list(Selection selection, int from, int count) throws IOException;
}
