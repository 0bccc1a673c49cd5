package io.plumbline.contracts;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Events published by {@code model-registry}. */
@EventSource("model-registry")
public sealed interface ModelRegistryEvent extends Event {

  /**
   * A base model was listed, or its listing changed.
   *
   * @param model the name under which inference addresses it: {@code local/choice-bge-small}
   * @param inputPerMillion price of a million input tokens; all prices have the same currency
   * @param cachedInputPerMillion price of a million input tokens that the provider had cached;
   *     absent when they cost as much as others
   */
  @EventType("base-model.listed")
  record BaseModelListed(
      String model,
      Digest modelDigest,
      String provider,
      int contextWindow,
      Money inputPerMillion,
      @Nullable Money cachedInputPerMillion,
      Money outputPerMillion,
      String licence,
      @Nullable LocalDate deprecatedOn,
      boolean tunable)
      implements ModelRegistryEvent {}

  /**
   * A model was created; it has no version yet.
   *
   * @param descriptionDigest digest of the description, which the registry keeps and may erase
   */
  @EventType("model.created")
  record ModelCreated(String model, Digest descriptionDigest) implements ModelRegistryEvent {}

  @EventType("model.version-registered")
  record ModelVersionRegistered(
      String model,
      int version,
      Digest modelDigest,
      Digest artifactDigest,
      String baseModel,
      Digest baseDigest,
      UUID jobId,
      Digest datasetDigest,
      List<String> labels,
      String author)
      implements ModelRegistryEvent {}

  @EventType("model.alias-move-requested")
  record AliasMoveRequested(
      UUID aliasMoveId,
      String model,
      String alias,
      @Nullable Integer from,
      int to,
      Digest digest,
      String author,
      String requester)
      implements ModelRegistryEvent {}

  /**
   * An alias points to another version from now on.
   *
   * @param approvalId the approval of the move; absent when none was needed, because the alias is
   *     unprotected or goes back to an earlier version
   * @param reason the reason that the requester gave; always present when the alias goes back
   */
  @EventType("model.alias-moved")
  record AliasMoved(
      String model,
      String alias,
      @Nullable Integer from,
      int to,
      Digest digest,
      @Nullable UUID approvalId,
      @Nullable String reason)
      implements ModelRegistryEvent {}
}
