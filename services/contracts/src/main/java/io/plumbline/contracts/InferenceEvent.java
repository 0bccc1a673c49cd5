package io.plumbline.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.plumbline.contracts.state.ReleaseState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Events published by {@code inference}. */
@EventSource("inference")
public sealed interface InferenceEvent extends Event {

  /**
   * Requests to a provider's models, and the data in them, may be sent to the given origin. The
   * event is published when a provider is created, and whenever the names of its models lead to
   * another connection. Variants keep the connection that they were created with.
   *
   * @param providerId the id of this provider; a provider of the same name that is created later
   *     has another id
   * @param origin scheme, host and port; the path is left out because some endpoints carry a secret
   *     in it
   * @param withKey whether a key is stored for it; the key itself never leaves the service
   * @param models the models that listings are limited to; empty for no limit
   */
  @EventType("provider.connected")
  record ProviderConnected(
      UUID providerId,
      String provider,
      Digest connectionDigest,
      String kind,
      String origin,
      boolean withKey,
      List<String> models)
      implements InferenceEvent {}

  /**
   * A version of a connection was created. It never changes, and variants name it by its digest.
   *
   * @param connectionDigest digest of everything that decides which endpoint answers: provider,
   *     kind, address and API version. The key is not part of it
   */
  @EventType("connection.versioned")
  record ConnectionVersioned(
      Digest connectionDigest, String provider, String kind, String origin, String createdBy)
      implements InferenceEvent {}

  /**
   * The key of a provider was replaced. The endpoint stays the same and is called with the new key.
   */
  @EventType("provider.key-replaced")
  record ProviderKeyReplaced(UUID providerId, String provider, Digest connectionDigest)
      implements InferenceEvent {}

  /**
   * A provider was disconnected: nothing is sent to any of its connections any more, and their keys
   * are erased.
   */
  @EventType("provider.disconnected")
  record ProviderDisconnected(UUID providerId, String provider, String origin)
      implements InferenceEvent {}

  /**
   * An API key was created. A client may call the OpenAI API with it, within its scope, until it
   * expires or is revoked. The key itself is shown only to the person who created it and is not
   * stored.
   *
   * @param allApplications whether the key may call every application of the workspace, including
   *     those that are registered later; otherwise only those in {@code applications}
   * @param models names of models and variants that the key may call directly
   * @param prompts whether the key may read the prompts of its applications; absent when it may not
   */
  @EventType("api-key.created")
  record ApiKeyCreated(
      UUID apiKeyId,
      String name,
      boolean allApplications,
      List<String> applications,
      List<String> models,
      @Nullable Boolean prompts,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean namesUsers,
      Instant expiresAt)
      implements InferenceEvent {

    /** Creates the event of a key that may not read prompts. */
    public ApiKeyCreated(
        UUID apiKeyId,
        String name,
        boolean allApplications,
        List<String> applications,
        List<String> models,
        Instant expiresAt) {
      this(apiKeyId, name, allApplications, applications, models, null, null, expiresAt);
    }
  }

  /** An API key was revoked. Every replica refuses it within a second. */
  @EventType("api-key.revoked")
  record ApiKeyRevoked(UUID apiKeyId, String name, String reason) implements InferenceEvent {}

  /** An index was requested. {@code index.built} or {@code index.failed} follows. */
  @EventType("index.requested")
  record IndexRequested(
      UUID indexId,
      String index,
      Digest splitDigest,
      String subset,
      String encoder,
      int maxTokens,
      UUID jobId)
      implements InferenceEvent {}

  @EventType("index.failed")
  record IndexFailed(UUID indexId, String index, Digest splitDigest, String reason)
      implements InferenceEvent {}

  /**
   * An index was built. Exactly one of {@code corpusDigest} and {@code splitDigest} is present and
   * names what was indexed.
   */
  @EventType("index.built")
  record IndexBuilt(
      String index,
      Digest indexDigest,
      @Nullable Digest corpusDigest,
      @Nullable Digest splitDigest,
      Map<String, String> recipe,
      long passages)
      implements InferenceEvent {}

  /**
   * A variant was created: a combination of prompt, model, index and parameters, which never
   * changes.
   *
   * @param modelDigest digest of the model's artifact; for a provider's model, digest of connection
   *     and name
   * @param connectionDigest the version of the connection that answers; absent unless the model is
   *     a provider's
   * @param callerPolicy the names of the permissions that callers have; absent for the default
   * @param overflow what happens to a call that is too long for the model; absent when it is
   *     refused
   * @param fallback the models that are tried in turn when the one before failed; absent when there
   *     are none
   * @param abstention when the variant abstains; absent when it always answers
   * @param authors the authors of all parts, and the person who composed the variant; none of them
   *     may approve it
   */
  @EventType("variant.created")
  record VariantCreated(
      String application,
      String name,
      Digest variantDigest,
      Digest promptDigest,
      String model,
      Digest modelDigest,
      @Nullable Digest connectionDigest,
      @Nullable Digest indexDigest,
      Map<String, String> parameters,
      @Nullable List<String> callerPolicy,
      @Nullable String overflow,
      @Nullable List<FallbackModel> fallback,
      @Nullable VariantAbstention abstention,
      List<String> authors)
      implements InferenceEvent {

    /** Returns all models that may answer, starting with the variant's own. */
    public List<FallbackModel> models() {
      FallbackModel own = new FallbackModel(model, modelDigest, connectionDigest);
      if (fallback == null) {
        return List.of(own);
      }
      return Stream.concat(Stream.of(own), fallback.stream()).toList();
    }
  }

  /**
   * The answer that a variant gives when its model is not confident enough, and the way in which
   * the model itself signals that it has no answer.
   *
   * @param threshold the minimum confidence of the model, from 0 to 1; absent when only the model's
   *     own signal counts
   * @param answer the text that the variant answers with; absent only when a field signals the
   *     abstention
   * @param field the field of the model's JSON answer that signals an abstention; absent when the
   *     text of the answer signals it
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record VariantAbstention(
      @Nullable Double threshold, @Nullable String answer, @Nullable Field field) {

    /** A field at the top level of an answer, and its value as text. */
    public record Field(String name, String value) {}
  }

  /** A model of a fallback chain, identified in the same way as the variant's own model. */
  record FallbackModel(String model, Digest modelDigest, @Nullable Digest connectionDigest) {}

  /**
   * A release was requested.
   *
   * @param override the reason for releasing against a failed verdict; absent when the verdict
   *     passed
   * @param authors the authors of all parts of the variant
   * @param refresh the change of documents; present only when the release rests on a verdict of
   *     kind REFRESH
   * @param parts the authors of each part; absent in events from before they were distinguished
   * @param canaryAnswers the answers of the canary with which it may be promoted; absent without a
   *     canary and in events from before this field existed
   */
  @EventType("release.requested")
  record ReleaseRequested(
      UUID releaseId,
      String application,
      String environment,
      Digest variantDigest,
      @Nullable Digest previousVariantDigest,
      UUID verdictId,
      @Nullable String override,
      int canaryPercent,
      String requester,
      List<String> authors,
      @Nullable Refresh refresh,
      @Nullable List<PartAuthors> parts,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer canaryAnswers)
      implements InferenceEvent {

    /** Creates the event of a request that registers no answers of a canary. */
    public ReleaseRequested(
        UUID releaseId,
        String application,
        String environment,
        Digest variantDigest,
        @Nullable Digest previousVariantDigest,
        UUID verdictId,
        @Nullable String override,
        int canaryPercent,
        String requester,
        List<String> authors,
        @Nullable Refresh refresh,
        @Nullable List<PartAuthors> parts) {
      this(
          releaseId,
          application,
          environment,
          variantDigest,
          previousVariantDigest,
          verdictId,
          override,
          canaryPercent,
          requester,
          authors,
          refresh,
          parts,
          null);
    }
  }

  /**
   * The authors of one part of a variant.
   *
   * @param part the kind of the part, such as {@code prompt} or {@code index}
   */
  record PartAuthors(String part, List<String> authors) {}

  /**
   * A release that changes only the documents. Inference determines this by comparing the parts of
   * both variants; callers cannot claim it.
   *
   * @param releaseId the release in service that is refreshed
   * @param formerIndexDigest the index of the variant in service, which {@code
   *     previousVariantDigest} names
   * @param dataset the dataset that both indexes were built from
   * @param formerVersion the version of the documents in service
   * @param version the newer version, which is admitted for INDEX
   * @param criticality the criticality of the application
   */
  record Refresh(
      UUID releaseId,
      Digest formerIndexDigest,
      Digest indexDigest,
      String dataset,
      int formerVersion,
      int version,
      Criticality criticality) {}

  /**
   * A release changed its state or its share of the traffic.
   *
   * @param verdictSequence the sequence of the newest verdict of the application that was known at
   *     the time of the change, or 0 without one; a verdict with a larger sequence is newer than
   *     this change
   */
  @EventType("release.changed")
  record ReleaseChanged(
      UUID releaseId,
      String application,
      String environment,
      Digest variantDigest,
      @Nullable Digest previousVariantDigest,
      ReleaseState state,
      int percent,
      @Nullable String reason,
      long verdictSequence)
      implements InferenceEvent {}

  /**
   * A release that serves was found to stand on data whose admission was withdrawn. Nothing stops
   * by this alone.
   *
   * @param parts the parts of its variant that stand on such data
   * @param goesBackAt the time at which the release goes back by itself; absent where no policy
   *     sets a deadline
   */
  @EventType("release.data-withdrawn")
  record ReleaseDataWithdrawn(
      UUID releaseId,
      String application,
      String environment,
      Digest variantDigest,
      List<WithdrawnPart> parts,
      @Nullable Instant goesBackAt)
      implements InferenceEvent {}

  /**
   * A part of a variant that stands on withdrawn data.
   *
   * @param part {@code index}, or {@code model <name>@<version>} for a tuned model
   * @param purpose the purpose to which the version is no longer admitted: INDEX or TRAIN
   */
  record WithdrawnPart(
      String part,
      String dataset,
      int version,
      Digest versionDigest,
      String purpose,
      Instant since) {}

  /**
   * The counts of one arm of a release in one process since the process started. The event is
   * published every ten seconds while the counts change. The counts of an arm are the sums over all
   * instances and epochs. It is not recorded in the ledger.
   *
   * @param instance the replica that reports
   * @param epoch identifies one run of the process; every start begins a new epoch and counts from
   *     zero
   * @param sequence grows with every report of an epoch
   * @param releaseId the release that the arm belongs to; while a canary runs, the release of the
   *     canary for both arms
   * @param arm {@code canary} or {@code control} while a canary runs, otherwise {@code active}
   * @param variantDigest the variant that the arm serves; for the control, the variant of the
   *     former release
   * @param abstentions the number of answers in which the variant abstained
   * @param feedback the number of judged answers. A changed judgement is counted by the replica
   *     that receives it, so {@code feedback} and {@code correct} of a single epoch may be negative
   * @param clusters the counts by cluster of callers, {@link #CLUSTERS} or, in reports of earlier
   *     versions, none. A caller belongs to one cluster in every report, and so does a user whom an
   *     API key names that is trusted to. Answers beyond the bounds of a user are in the totals
   *     alone
   */
  @EventType(value = "arm.reported", version = 3)
  record ArmReported(
      UUID releaseId,
      String application,
      String environment,
      Digest variantDigest,
      String arm,
      String instance,
      UUID epoch,
      long sequence,
      Instant until,
      long requests,
      long errors,
      long abstentions,
      long feedback,
      long correct,
      List<Cluster> clusters,
      double latencyP50Millis,
      double latencyP95Millis)
      implements InferenceEvent {

    /** The number of clusters. */
    public static final int CLUSTERS = 12;

    /** The counts of a cluster since the epoch began. */
    public record Cluster(long requests, long errors, long feedback, long correct) {}

    @SuppressWarnings("NullAway") // A report of an earlier version has no clusters.
    public ArmReported {
      clusters = clusters == null ? List.of() : List.copyOf(clusters);
    }
  }

  /**
   * The usage within one minute by application, variant, model, API key and currency.
   *
   * @param apiKeyId the id of the API key that called; absent when the caller used a token
   * @param cachedInputTokens the input tokens that the provider had cached
   * @param reasoningTokens the output tokens that were spent on reasoning and are not part of the
   *     answer
   * @param unpricedRequests the number of requests whose tokens have no known price
   * @param cost the cost of all priced requests
   * @param recordsRoot the Merkle tree root (RFC 6962) over the records of exactly these requests,
   *     as many as {@code requests}, in the order of their ids
   * @param trafficRequests the number of requests that called the application itself or came with
   *     an API key. Evaluation, its judges and people who try a variant call the variant instead.
   *     Absent in events from before the two were distinguished
   */
  @EventType("usage.reported")
  record UsageReported(
      Instant minute,
      @Nullable String application,
      @Nullable Digest variantDigest,
      String model,
      @Nullable UUID apiKeyId,
      long requests,
      long errors,
      long cacheHits,
      long inputTokens,
      long cachedInputTokens,
      long outputTokens,
      long reasoningTokens,
      long unpricedRequests,
      Money cost,
      Digest recordsRoot,
      @Nullable Long trafficRequests)
      implements InferenceEvent {}

  /**
   * A workspace changed how much of the contents of its requests it keeps, and for how long.
   *
   * @param contents how the contents of later requests are kept: {@code NONE}, {@code MASKED} or
   *     {@code FULL}
   * @param retentionDays how long contents are kept, including those of earlier requests
   */
  @EventType("trace-policy.changed")
  record TracePolicyChanged(
      String contents,
      int retentionDays,
      String formerContents,
      int formerRetentionDays,
      String changedBy)
      implements InferenceEvent {}

  /**
   * A person was shown the question and answer of a request.
   *
   * @param readId the id of this read
   * @param contents how the contents were shown: {@code MASKED} or {@code FULL}
   */
  @EventType("trace-content.read")
  record TraceContentRead(
      UUID readId,
      UUID requestId,
      String traceId,
      @Nullable String application,
      String contents,
      String readBy)
      implements InferenceEvent {}

  /**
   * A person was shown passages that a search in an index found.
   *
   * @param readId the id of this read
   * @param passages the number of passages; not their ids, which are derived from their content
   */
  @EventType("index-passage.read")
  record IndexPassagesRead(
      UUID readId, UUID indexId, String index, Digest indexDigest, int passages, String readBy)
      implements InferenceEvent {}
}
