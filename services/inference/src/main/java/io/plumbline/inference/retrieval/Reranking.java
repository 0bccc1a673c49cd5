package io.plumbline.inference.retrieval;

/** The way in which found passages are reordered before the best are taken. */
public enum Reranking {
  /**
   * Ranks each passage by its sentence that is nearest to the question. Another way to divide texts
   * into sentences must become another value, because digests of variants contain this name.
   */
  SENTENCES
}
