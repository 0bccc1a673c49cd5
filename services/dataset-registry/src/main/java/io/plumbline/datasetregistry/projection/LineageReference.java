package io.plumbline.datasetregistry.projection;

import io.plumbline.contracts.Digest;

/**
 * A reference to an object in the lineage.
 *
 * @param nodeId a digest; for a training job or a release, its id; for a subset, the form that
 *     {@link #ofSubset} writes
 */
public record LineageReference(LineageKind kind, String nodeId) {

  static LineageReference ofDigest(LineageKind kind, Digest digest) {
    return new LineageReference(kind, digest.hex());
  }

  /** Returns the reference of a subset: its split's digest and its name, separated by a slash. */
  public static LineageReference ofSubset(Digest split, String subset) {
    return new LineageReference(LineageKind.SUBSET, split.hex() + "/" + subset);
  }

  /** Returns the split of a subset. */
  public Digest splitOfSubset() {
    return new Digest(nodeId.substring(0, nodeId.indexOf('/')));
  }
}
