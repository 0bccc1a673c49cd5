package io.plumbline.datasetregistry.lineage;

import io.plumbline.contracts.Digest;
import io.plumbline.datasetregistry.projection.LineageReference;
import io.plumbline.datasetregistry.split.Split;
import io.plumbline.datasetregistry.split.SplitService;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/** Returns the objects that were made of a dataset version. */
@Service
class VersionLineage {

  private final SplitService splits;
  private final LineageGraph graph;

  VersionLineage(SplitService splits, LineageGraph graph) {
    this.splits = splits;
    this.graph = graph;
  }

  Downstream downstreamOf(String dataset, int number) {
    List<LineageReference> subsets =
        splits.latestSplits(dataset, number).stream().flatMap(VersionLineage::subsets).toList();
    return graph.downstream(subsets);
  }

  private static Stream<LineageReference> subsets(Split split) {
    Digest digest = split.splitDigest();
    if (digest == null) {
      return Stream.empty();
    }
    return split.subsets().keySet().stream()
        .map(subset -> LineageReference.ofSubset(digest, subset));
  }
}
