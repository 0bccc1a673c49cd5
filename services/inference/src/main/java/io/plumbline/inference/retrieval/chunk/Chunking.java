package io.plumbline.inference.retrieval.chunk;

/**
 * The settings by which documents are divided.
 *
 * @param maxTokens the most tokens of a chunk with its title and headings, as the encoder of the
 *     index counts them
 * @param overlapTokens the most tokens of a chunk that its successor in the same section repeats
 */
public record Chunking(int maxTokens, int overlapTokens) {

  /** The smallest chunk, which still has room for a sentence beside title and headings. */
  public static final int MIN_TOKENS = 64;

  /** The largest chunk, less than the limit of an encoder, so that each chunk is read whole. */
  public static final int MAX_TOKENS = 500;

  /** The settings for what a request leaves out. */
  public static final Chunking DEFAULT = new Chunking(256, 32);
}
