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
}
