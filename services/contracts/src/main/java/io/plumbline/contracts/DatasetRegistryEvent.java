package io.plumbline.contracts;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Facts told by {@code dataset-registry}. */
@Source("dataset-registry")
public sealed interface DatasetRegistryEvent extends Event {

  /** A blob of rows (JSON Lines, UTF-8) in the workspace's blob store. */
  record Part(Digest digest, long rows) {}

  /** @param labels rows per label; empty for datasets without labels */
  @EventType("dataset.version-published")
  record DatasetVersionPublished(
      String dataset, int version, String kind, Digest versionDigest, Digest reportDigest, long rows, Map<String, Long> labels,
      long piiFindings, boolean masked) implements DatasetRegistryEvent {}

  /**
   * @param parts the blob of each part: {@code train}, {@code validation}, {@code test}
   * @param leakage pairs of rows in different parts that are equal after normalisation, or near-duplicates
   */
  @EventType("dataset.split-defined")
  record SplitDefined(
      String dataset, int version, Digest versionDigest, Digest splitDigest, Map<String, Part> parts, long leakage)
      implements DatasetRegistryEvent {}

  /** @param purposes what the version is admitted to: TRAIN, INDEX, EVALUATE; empty when refused */
  @EventType("dataset.admission-decided")
  record AdmissionDecided(
      String dataset, int version, Digest versionDigest, Outcome outcome, List<String> purposes, List<String> reasons,
      @Nullable Digest policyDigest) implements DatasetRegistryEvent {}
}
