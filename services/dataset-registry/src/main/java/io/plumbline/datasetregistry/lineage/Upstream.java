package io.plumbline.datasetregistry.lineage;

import io.plumbline.contracts.Digest;
import java.util.List;

/**
 * The objects and the data that an object was made of.
 *
 * @param nodes the object itself and the objects between it and its data, newest first
 * @param subsets the data
 * @param truncated whether there are more nodes or subsets than these
 */
record Upstream(List<LineageNode> nodes, List<SourceSubset> subsets, boolean truncated) {

  /** A subset of a split of a dataset version. Several splits may have subsets of the same rows. */
  record SourceSubset(
      String dataset,
      int version,
      Digest versionDigest,
      Digest splitDigest,
      String subset,
      long rows) {}
}
