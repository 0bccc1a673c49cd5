package io.plumbline.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
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
   * @param inputPerMillion price of a million input tokens; all prices have the same currency, and
   *     all are absent until a second person has approved the first ones
   * @param cachedInputPerMillion price of a million input tokens that the provider had cached;
   *     absent when they cost as much as others
   * @param priceDecision who proposed and who approved the prices; absent where the settings of the
   *     installation give them, and for prices from before they took two people
   * @param tuned true for a model that its provider tuned; absent for any other
   */
  @EventType("base-model.listed")
  record BaseModelListed(
      String model,
      Digest modelDigest,
      String provider,
      int contextWindow,
      @Nullable Money inputPerMillion,
      @Nullable Money cachedInputPerMillion,
      @Nullable Money outputPerMillion,
      String licence,
      @Nullable LocalDate deprecatedOn,
      boolean tunable,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable PriceDecision priceDecision,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean tuned)
      implements ModelRegistryEvent {

    /** Creates the listing of a model that nobody tuned, and whose prices no person decided. */
    public BaseModelListed(
        String model,
        Digest modelDigest,
        String provider,
        int contextWindow,
        @Nullable Money inputPerMillion,
        @Nullable Money cachedInputPerMillion,
        @Nullable Money outputPerMillion,
        String licence,
        @Nullable LocalDate deprecatedOn,
        boolean tunable) {
      this(
          model,
          modelDigest,
          provider,
          contextWindow,
          inputPerMillion,
          cachedInputPerMillion,
          outputPerMillion,
          licence,
          deprecatedOn,
          tunable,
          null,
          null);
    }
  }

  /**
   * The people behind the prices of a model.
   *
   * @param validFrom when they took effect; calls before it keep their cost
   */
  record PriceDecision(
      UUID proposalId, String proposedBy, String approvedBy, UUID approvalId, Instant validFrom) {}

  /**
   * Prices of a base model were proposed. The former ones hold until a second person approves.
   *
   * @param digest digest of the model's name and the prices, to which an approval is bound
   * @param formerInputPerMillion the price in force at the proposal; the former prices are absent
   *     where there was none
   */
  @EventType("base-model.price-change-requested")
  record PriceChangeRequested(
      UUID proposalId,
      String model,
      Digest digest,
      Money inputPerMillion,
      @Nullable Money cachedInputPerMillion,
      Money outputPerMillion,
      @Nullable Money formerInputPerMillion,
      @Nullable Money formerCachedInputPerMillion,
      @Nullable Money formerOutputPerMillion,
      String reason,
      String requester)
      implements ModelRegistryEvent {}

  /**
   * Proposed prices no longer wait for approval. Their requester withdrew them, or the prices that
   * they would have replaced have changed.
   *
   * @param reason a text that says which of the two it was
   */
  @EventType("base-model.price-change-withdrawn")
  record PriceChangeWithdrawn(
      UUID proposalId, String model, Digest digest, String requester, String reason)
      implements ModelRegistryEvent {}

  /**
   * A person stated that a provider's model was tuned. The statement has no effect until another
   * person confirms it.
   *
   * @param model the name under which inference addresses the model
   */
  @EventType("model.tuning-stated")
  record TuningStated(UUID statementId, String model, String reason, String statedBy)
      implements ModelRegistryEvent {}

  /**
   * A second person confirmed that a provider's model was tuned. From now on its variants count as
   * fine-tuning.
   */
  @EventType("model.tuning-confirmed")
  record TuningConfirmed(UUID statementId, String model, String statedBy, String confirmedBy)
      implements ModelRegistryEvent {}

  /** A second person rejected the statement that a provider's model was tuned. */
  @EventType("model.tuning-rejected")
  record TuningRejected(
      UUID statementId, String model, String statedBy, String rejectedBy, String reason)
      implements ModelRegistryEvent {}

  /** The person who stated that a provider's model was tuned withdrew the statement. */
  @EventType("model.tuning-withdrawn")
  record TuningWithdrawn(UUID statementId, String model, String statedBy)
      implements ModelRegistryEvent {}

  /**
   * A model was created; it has no version yet.
   *
   * @param descriptionDigest digest of the description, which the registry keeps and may erase
   */
  @EventType("model.created")
  record ModelCreated(String model, Digest descriptionDigest) implements ModelRegistryEvent {}

  /**
   * A version of a model was registered.
   *
   * @param author the person who requested the training
   * @param authors the author and the authors of the dataset; absent in events from before they
   *     were computed
   */
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
      String author,
      @Nullable List<String> authors)
      implements ModelRegistryEvent {}

  /**
   * A move of a protected alias was requested.
   *
   * @param author the person who requested the training of version {@code to}
   * @param authors the authors of version {@code to}; absent in events from before they were
   *     computed
   */
  @EventType("model.alias-move-requested")
  record AliasMoveRequested(
      UUID aliasMoveId,
      String model,
      String alias,
      @Nullable Integer from,
      int to,
      Digest digest,
      String author,
      String requester,
      @Nullable List<String> authors)
      implements ModelRegistryEvent {

    /** Creates the request for a version that one person made. */
    public AliasMoveRequested(
        UUID aliasMoveId,
        String model,
        String alias,
        @Nullable Integer from,
        int to,
        Digest digest,
        String author,
        String requester) {
      this(aliasMoveId, model, alias, from, to, digest, author, requester, List.of(author));
    }
  }

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
