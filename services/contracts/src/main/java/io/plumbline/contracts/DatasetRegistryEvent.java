package io.plumbline.contracts;

import io.plumbline.contracts.state.Outcome;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Events published by {@code dataset-registry}. */
@Source("dataset-registry")
public sealed interface DatasetRegistryEvent extends Event {

  /** A blob of rows (JSON Lines, UTF-8) in the workspace's blob store. */
  record Subset(Digest digest, long rows) {}

  /**
   * @param licence under which the rows may be used; empty when unknown
   * @param legalBasis for the personal data in them; empty when none is given
   * @param descriptionDigest of the description, which the registry keeps and may erase
   */
  @EventType("dataset.registered")
  record DatasetRegistered(
      String dataset, String kind, String licence, String legalBasis, Digest descriptionDigest)
      implements DatasetRegistryEvent {}

  /**
   * A dataset's description, licence or legal basis has changed; admission decides by the latter
   * two.
   */
  @EventType("dataset.described")
  record DatasetDescribed(
      String dataset, String licence, String legalBasis, Digest descriptionDigest)
      implements DatasetRegistryEvent {}

  /**
   * Rows were uploaded, are being masked, or were collected in a draft; {@code
   * dataset.version-published} follows when they are read and valid.
   *
   * @param sourceDigest blob of what was uploaded, of the rows that are masked, or of a draft's
   *     items
   * @param derivedFrom the version that is masked, or continued with a draft's items; absent for
   *     others
   * @param maskedKinds kinds of sensitive values that this version and those it derives from mask
   */
  @EventType("dataset.version-started")
  record DatasetVersionStarted(
      String dataset,
      int version,
      Digest sourceDigest,
      @Nullable Integer derivedFrom,
      List<String> maskedKinds,
      UUID jobId)
      implements DatasetRegistryEvent {}

  /** {@code dataset.split-defined} follows when the subsets are written. */
  @EventType("dataset.split-requested")
  record SplitRequested(String dataset, int version, UUID splitId, Digest recipeDigest, UUID jobId)
      implements DatasetRegistryEvent {}

  /**
   * @param labels rows per label; empty for datasets without labels
   */
  @EventType("dataset.version-published")
  record DatasetVersionPublished(
      String dataset,
      int version,
      String kind,
      Digest versionDigest,
      Digest reportDigest,
      long rows,
      Map<String, Long> labels,
      long piiFindings,
      boolean masked)
      implements DatasetRegistryEvent {}

  /**
   * @param subsets the blob of each subset: {@code train}, {@code validation}, {@code test}
   * @param leakage pairs of rows in different subsets that are equal after normalisation, or
   *     near-duplicates
   */
  @EventType("dataset.split-defined")
  record SplitDefined(
      String dataset,
      int version,
      Digest versionDigest,
      Digest splitDigest,
      Map<String, Subset> subsets,
      long leakage)
      implements DatasetRegistryEvent {}

  /**
   * @param purposes what the version is admitted to: TRAIN, INDEX, EVALUATE; empty when refused
   */
  @EventType("dataset.admission-decided")
  record AdmissionDecided(
      String dataset,
      int version,
      Digest versionDigest,
      Outcome outcome,
      List<String> purposes,
      List<String> reasons,
      @Nullable Digest policyDigest)
      implements DatasetRegistryEvent {}

  /**
   * Somebody was shown a row with nothing masked in it; pages of masked rows are not recorded.
   *
   * @param readId of this read
   * @param row its number in the version, from 1: an item's id is made from what it says
   */
  @EventType("dataset-row.read")
  record DatasetRowRead(UUID readId, String dataset, int version, long row, String readBy)
      implements DatasetRegistryEvent {}

  /**
   * Somebody was given all rows of a version with nothing masked in them.
   *
   * @param exportId of this export
   * @param format in which they were written
   */
  @EventType("dataset.version-exported")
  record DatasetVersionExported(
      UUID exportId, String dataset, int version, String format, String exportedBy)
      implements DatasetRegistryEvent {}

  /**
   * An item was added to a dataset's draft, of which a version can be made.
   *
   * @param draftItemId at random: an item's own id is made from what it says
   * @param source where it comes from, as the person who added it says: {@code TRACE} or {@code
   *     PLAYGROUND}
   */
  @EventType("dataset.draft-item-added")
  record DraftItemAdded(
      String dataset,
      UUID draftItemId,
      String source,
      @Nullable String traceId,
      @Nullable String responseId,
      String addedBy)
      implements DatasetRegistryEvent {}

  /** An item was taken out of a draft; what becomes a version leaves the draft without this. */
  @EventType("dataset.draft-item-removed")
  record DraftItemRemoved(String dataset, UUID draftItemId, String removedBy)
      implements DatasetRegistryEvent {}
}
