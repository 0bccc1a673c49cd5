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
@Source("inference")
public sealed interface InferenceEvent extends Event {

  /**
   * From now on requests to the provider's models, and the data in them, may be sent there.
   * Published when a provider is created, and whenever its models' names lead to another
   * connection; variants keep the connection that they were created with.
   *
   * @param providerId of this provider: one of the same name that is created later has another
   * @param origin scheme, host and port; the path stays here, since some endpoints carry a secret
   *     in it
   * @param withKey whether a key is stored for it; the key itself never leaves the service
   * @param models those that it is limited to in listings; empty for any
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
   * A version of a connection exists; it never changes, and variants name it by its digest.
   *
   * @param connectionDigest of provider, kind, address and API version: all that decides which
   *     endpoint answers. The key is not part of it
   */
  @EventType("connection.versioned")
  record ConnectionVersioned(
      Digest connectionDigest, String provider, String kind, String origin, String createdBy)
      implements InferenceEvent {}

  /** The endpoint stays the same; it is called with another key. */
  @EventType("provider.key-replaced")
  record ProviderKeyReplaced(UUID providerId, String provider, Digest connectionDigest)
      implements InferenceEvent {}

  /** Nothing is sent to any of its connections any more, and their keys are erased. */
  @EventType("provider.disconnected")
  record ProviderDisconnected(UUID providerId, String provider, String origin)
      implements InferenceEvent {}

  /**
   * An application may call the OpenAI API with it, within its scope, until it expires or is
   * revoked. The key itself is shown to who created it and kept nowhere.
   *
   * @param allApplications whether it calls every application of the workspace, whatever is
   *     registered later; else those of {@code applications}
   * @param models names of models and variants that it calls directly
   * @param prompts whether it reads the prompts of its applications; absent where it does not
   */
  @EventType("api-key.created")
  record ApiKeyCreated(
      UUID apiKeyId,
      String name,
      boolean allApplications,
      List<String> applications,
      List<String> models,
      @Nullable Boolean prompts,
      Instant expiresAt)
      implements InferenceEvent {

    /** A key that reads no prompts. */
    public ApiKeyCreated(
        UUID apiKeyId,
        String name,
        boolean allApplications,
        List<String> applications,
        List<String> models,
        Instant expiresAt) {
      this(apiKeyId, name, allApplications, applications, models, null, expiresAt);
    }
  }

  /** It opens nothing any more, at any replica within a second. */
  @EventType("api-key.revoked")
  record ApiKeyRevoked(UUID apiKeyId, String name, String reason) implements InferenceEvent {}

  /** {@code index.built} or {@code index.failed} follows. */
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

  /** Exactly one of {@code corpusDigest} and {@code splitDigest} is present: what was indexed. */
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
   * @param modelDigest of the model's artifact; for a provider's model of connection and name
   * @param connectionDigest the version of the connection that answers; absent unless a provider
   *     has the model
   * @param callerPolicy what it allows its callers, by name; absent for the default
   * @param overflow what happens to a call that is too long for the model; absent where it is
   *     refused
   * @param fallback the models that are asked where the one before failed; absent without any
   * @param abstention absent where the model always answers
   * @param authors every author of a part, and who composed it: none of them may approve it
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

    /** All models that may answer, the variant's own first. */
    public List<FallbackModel> models() {
      FallbackModel own = new FallbackModel(model, modelDigest, connectionDigest);
      return fallback == null
          ? List.of(own)
          : Stream.concat(Stream.of(own), fallback.stream()).toList();
    }
  }

  /**
   * The answer of a variant whose model is not sure enough, and how the model says by itself that
   * it has no answer.
   *
   * @param threshold of the model's confidence, from 0 to 1; absent where only the model says it
   * @param answer absent only where a field says it
   * @param field of the model's JSON answer by which it says it; absent where the answer does
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record VariantAbstention(
      @Nullable Double threshold, @Nullable String answer, @Nullable Field field) {

    /** A field at the top level of an answer, and its value as text. */
    public record Field(String name, String value) {}
  }

  /** A model of a fallback chain, named and pinned as the variant's own model is. */
  record FallbackModel(String model, Digest modelDigest, @Nullable Digest connectionDigest) {}

  /**
   * @param override the reason for releasing against a failed verdict; absent when the verdict
   *     passed
   * @param refresh absent unless the release rests on a verdict of kind REFRESH
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
      @Nullable Refresh refresh)
      implements InferenceEvent {}

  /**
   * What is released where the documents alone change: inference compares the parts, so that no
   * caller says it.
   *
   * @param releaseId the release that serves and is refreshed
   * @param formerIndexDigest of its variant; {@code previousVariantDigest} names that one
   * @param dataset the documents of both indexes
   * @param formerVersion of the documents that serve
   * @param version a newer one, admitted for INDEX
   * @param criticality of the application
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
   * @param verdictSequence of the newest verdict of the application that was known when it changed,
   *     0 without one: a verdict of a larger number is newer than this change
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
   * What one process answered for one arm of a release since the process started; every ten seconds
   * while something changes. The counts of an arm are the sums over all instances and epochs. Not a
   * ledger entry.
   *
   * @param instance the replica that counted
   * @param epoch of the replica: every start of a process has another, and counts from zero
   * @param sequence grows with every report of an epoch
   * @param releaseId the release whose arms these are: while a canary runs, the canary's, for both
   *     of its arms
   * @param arm {@code canary} and {@code control} while a canary runs, else {@code active}
   * @param variantDigest what the arm serves: the control serves the former release's variant
   * @param abstentions answers that the variant gave where its model was not sure enough
   * @param feedback answers that were judged; a changed judgement is counted where it arrives, so
   *     that feedback and correct of one epoch alone may be negative
   * @param wrongBy how many callers judge an answer of the arm not correct, whichever replica took
   *     their feedback: one caller with much feedback is one
   * @param loudestFeedback how many of the judgements, whichever replica they met, are of the one
   *     caller who says most against a canary: who judges most answers of it not correct, or most
   *     of another arm correct
   * @param loudestCorrect how many of these say correct
   */
  @EventType("arm.reported")
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
      long wrongBy,
      long loudestFeedback,
      long loudestCorrect,
      double latencyP50Millis,
      double latencyP95Millis)
      implements InferenceEvent {}

  /**
   * What was used in a minute, by application, variant, model, API key and currency.
   *
   * @param apiKeyId of the key that called; absent when somebody called with a token
   * @param cachedInputTokens those of the input tokens that the provider had cached
   * @param reasoningTokens those of the output tokens that nobody saw
   * @param unpricedRequests those whose tokens have no known price
   * @param cost of the other requests
   * @param recordsRoot over the records of these requests and no others, which are as many as
   *     {@code requests}, in the order of their ids: the root of their Merkle tree (RFC 6962)
   * @param trafficRequests those that called the application itself or came with an API key;
   *     evaluation, its judges and people who try a variant call the variant. Absent from events of
   *     before they were told apart
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
   * What a workspace keeps of the contents of its requests, and for how long.
   *
   * @param contents of later requests: {@code NONE}, {@code MASKED} or {@code FULL}
   * @param retentionDays how long contents are kept, those of earlier requests too
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
   * Somebody was shown what a request asked and was answered.
   *
   * @param readId of this read
   * @param contents whether it was {@code MASKED} or {@code FULL}
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
   * Somebody was shown passages that a search in an index found.
   *
   * @param readId of this read
   * @param passages how many: their ids are made from what they say
   */
  @EventType("index-passage.read")
  record IndexPassagesRead(
      UUID readId, UUID indexId, String index, Digest indexDigest, int passages, String readBy)
      implements InferenceEvent {}
}
