package io.plumbline.contracts;

import io.plumbline.contracts.state.Outcome;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Events published by {@code dataset-registry}. */
@EventSource("dataset-registry")
public sealed interface DatasetRegistryEvent extends Event {

  /** A blob of rows (JSON Lines, UTF-8) in the workspace's blob store. */
  record Subset(Digest digest, long rows) {}

  /**
   * A dataset was registered; it has no version yet.
   *
   * @param licence the licence under which the rows may be used; empty when unknown
   * @param legalBasis the legal basis for processing the personal data in the rows; empty when none
   *     is given
   * @param descriptionDigest digest of the description, which the registry keeps and may erase
   */
  @EventType("dataset.registered")
  record DatasetRegistered(
      String dataset, String kind, String licence, String legalBasis, Digest descriptionDigest)
      implements DatasetRegistryEvent {}

  /**
   * A dataset's description, licence or legal basis has changed. Admission depends on the licence
   * and the legal basis.
   */
  @EventType("dataset.described")
  record DatasetDescribed(
      String dataset, String licence, String legalBasis, Digest descriptionDigest)
      implements DatasetRegistryEvent {}

  /**
   * Rows were uploaded, are being masked, or were collected in a draft. {@code
   * dataset.version-published} follows once they have been read and are valid.
   *
   * @param sourceDigest blob of the uploaded file, of the rows to mask, or of the draft's items
   * @param derivedFrom the version that is masked or extended with the items of a draft; absent
   *     otherwise
   * @param maskedKinds the kinds of sensitive values that are masked in this version or in one it
   *     derives from
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

  /**
   * A split of a version was requested. {@code dataset.split-defined} follows when its subsets are
   * written.
   */
  @EventType("dataset.split-requested")
  record SplitRequested(String dataset, int version, UUID splitId, Digest recipeDigest, UUID jobId)
      implements DatasetRegistryEvent {}

  /**
   * A version was read completely, is valid, and can be used from now on.
   *
   * @param labels the number of rows per label; empty for datasets without labels
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
   * The subsets of a requested split were written.
   *
   * @param subsets the blob of each subset: {@code train}, {@code validation}, {@code test}
   * @param leakage pairs of rows in different subsets that are equal after normalisation, or
   *     near-duplicates
   * @param authors everybody who uploaded, drafted, relabelled or corrected rows of the version, of
   *     one that it derives from, or of one with the same rows. Absent in events from before they
   *     were computed
   */
  @EventType("dataset.split-defined")
  record SplitDefined(
      String dataset,
      int version,
      Digest versionDigest,
      Digest splitDigest,
      Map<String, Subset> subsets,
      long leakage,
      @Nullable List<String> authors)
      implements DatasetRegistryEvent {

    /** Creates the event of a split of a version whose authors are not known. */
    public SplitDefined(
        String dataset,
        int version,
        Digest versionDigest,
        Digest splitDigest,
        Map<String, Subset> subsets,
        long leakage) {
      this(dataset, version, versionDigest, splitDigest, subsets, leakage, null);
    }
  }

  /**
   * Admission was decided: the purposes that a version may be used for.
   *
   * @param purposes the purposes that the version is admitted for: TRAIN, INDEX, EVALUATE; empty
   *     when it was refused
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
   * A person was shown an unmasked row. Pages of masked rows are not recorded.
   *
   * @param readId the id of this read
   * @param row the row's number in the version, starting at 1; not its item id, which is derived
   *     from its content
   */
  @EventType("dataset-row.read")
  record DatasetRowRead(UUID readId, String dataset, int version, long row, String readBy)
      implements DatasetRegistryEvent {}

  /**
   * A person exported all rows of a version unmasked.
   *
   * @param exportId the id of this export
   * @param format the file format of the export
   */
  @EventType("dataset.version-exported")
  record DatasetVersionExported(
      UUID exportId, String dataset, int version, String format, String exportedBy)
      implements DatasetRegistryEvent {}

  /**
   * An item was added to a dataset's draft, from which a version can be made.
   *
   * @param draftItemId a random id; the item's own id is derived from its content
   * @param source the origin that the person who added the item gave, {@code TRACE} or {@code
   *     PLAYGROUND}, or {@code CORRECTION} for a row whose expectations the person corrected
   */
  @EventType("dataset.draft-item-added")
  record DraftItemAdded(
      String dataset,
      UUID draftItemId,
      String source,
      @Nullable String traceId,
      @Nullable String responseId,
      String addedBy,
      @Nullable Integer correctedVersion,
      @Nullable String correctedItemId)
      implements DatasetRegistryEvent {}

  /**
   * An item was removed from a draft. Items that become part of a version leave the draft without
   * this event.
   */
  @EventType("dataset.draft-item-removed")
  record DraftItemRemoved(String dataset, UUID draftItemId, String removedBy)
      implements DatasetRegistryEvent {}
}
