package io.plumbline.inference.retrieval;

/** By what the passages that were found are put in another order before the best are taken. */
public enum Reranking {
  /**
   * By the sentence of each that is nearest to what was asked. Another way to divide texts into
   * sentences would be another value, since variants are known by this name.
   */
  SENTENCES
}
