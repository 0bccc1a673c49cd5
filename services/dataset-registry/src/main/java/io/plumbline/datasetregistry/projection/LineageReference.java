package io.plumbline.datasetregistry.projection;

import io.plumbline.contracts.Digest;

/**
 * Names a thing in the lineage.
 *
 * @param nodeId a digest; of a training job or a release its own id, of a subset as {@link
 *     #ofSubset} writes it
 */
public record LineageReference(LineageKind kind, String nodeId) {

  static LineageReference ofDigest(LineageKind kind, Digest digest) {
    return new LineageReference(kind, digest.hex());
  }

  /** The digest of the split and the name of the subset, with a slash between them. */
  public static LineageReference ofSubset(Digest split, String subset) {
    return new LineageReference(LineageKind.SUBSET, split.hex() + "/" + subset);
  }
}
