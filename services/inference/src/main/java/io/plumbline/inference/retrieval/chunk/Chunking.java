package io.plumbline.inference.retrieval.chunk;

/**
 * How documents are divided.
 *
 * @param maxTokens of a chunk with its title and headings, as the encoder of the index counts them
 * @param overlapTokens how much of a chunk its successor in the same section repeats
 */
public record Chunking(int maxTokens, int overlapTokens) {

  /** Leaves room for a sentence beside title and headings. */
  public static final int MIN_TOKENS = 64;

  /** Less than what an encoder reads, so that it reads each chunk whole. */
  public static final int MAX_TOKENS = 500;

  public static final Chunking DEFAULT = new Chunking(256, 32);
}
