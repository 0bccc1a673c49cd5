package io.plumbline.inference.retrieval;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Passages of documents, searched by words and by meaning. */
interface PassageIndex {

  /**
   * A passage, and how it was found.
   *
   * @param lexicalRank its rank by words, 1 for the best; absent beyond the depth of the search
   * @param vectorRank its rank by meaning, 1 for the best; absent beyond the depth of the search
   */
  record Found(Passage passage, @Nullable Integer lexicalRank, @Nullable Integer vectorRank) {}

  /**
   * Returns the best passages by both rankings together, best first.
   *
   * @param vector the text, embedded by the index's encoder
   */
  List<Found> search(String text, float[] vector, int count) throws IOException;

  /**
   * The passages that are listed: all, unless one of the parameters restricts them.
   *
   * @param documentId the document whose passages are listed; absent for all documents
   * @param passageIds the ids of the listed passages; empty for all passages
   */
  record Selection(@Nullable String documentId, List<String> passageIds) {}

  /**
   * A passage in a list.
   *
   * @param place its place in the index, from 0
   */
  record Listed(int place, Passage passage) {}

  /**
   * A part of a list.
   *
   * @param total the number of passages in the whole list
   */
  record Listing(List<Listed> passages, int total) {}

  /**
   * Returns the selected passages in the order of the documents, and within a document from start
   * to end.
   *
   * @param from the first place that is considered
   */
  Listing list(Selection selection, int from, int count) throws IOException;
}
