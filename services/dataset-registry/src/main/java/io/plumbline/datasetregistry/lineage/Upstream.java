package io.plumbline.datasetregistry.lineage;

import io.plumbline.contracts.Digest;
import java.util.List;

/**
 * What something was made of.
 *
 * @param nodes itself and the steps to its data, newest first
 * @param subsets the data
 * @param truncated whether there is more of either
 */
record Upstream(List<LineageNode> nodes, List<SourceSubset> subsets, boolean truncated) {

  /** A subset of a split of a dataset version; the same rows may be a subset of several. */
  record SourceSubset(
      String dataset,
      int version,
      Digest versionDigest,
      Digest splitDigest,
      String subset,
      long rows) {}
}
