package io.plumbline.localmodels;

/**
 * A text's place in the encoder's space.
 *
 * @param vector a vector of length 1 (L2), so that a dot product is a cosine; shared, never to be
 *     written to
 * @param tokens the number of tokens that the encoder read, its two markers included
 * @param truncated whether the text went on beyond what was read
 */
// It is an array on purpose: hundreds of thousands are kept and multiplied, and equality of
// embeddings is never needed.
@SuppressWarnings("ArrayRecordComponent")
public record Embedding(float[] vector, int tokens, boolean truncated) {

  public double cosine(Embedding other) {
    return Vectors.dot(vector, other.vector);
  }
}
