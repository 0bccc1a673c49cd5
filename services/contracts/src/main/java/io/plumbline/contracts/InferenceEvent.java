package io.plumbline.contracts;

import io.plumbline.contracts.state.ReleaseState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Events published by {@code inference}. */
@Source("inference")
public sealed interface InferenceEvent extends Event {

  /**
   * From now on requests, and the data in them, may be sent there.
   *
   * @param providerId of this connection: a provider of the same name that is connected later has
   *     another
   * @param origin scheme, host and port; the path stays here, since some endpoints carry a secret
   *     in it
   * @param withKey whether a key is stored for it; the key itself never leaves the service
   * @param models those that it is limited to in listings; empty for any
   */
  @EventType("provider.connected")
  record ProviderConnected(
      UUID providerId,
      String provider,
      String kind,
      String origin,
      boolean withKey,
      List<String> models)
      implements InferenceEvent {}

  /** Nothing is sent there any more, and its key is erased. */
  @EventType("provider.disconnected")
  record ProviderDisconnected(UUID providerId, String provider, String origin)
      implements InferenceEvent {}

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
   * @param authors every author of a part, and who composed it: none of them may approve it
   */
  @EventType("variant.created")
  record VariantCreated(
      String application,
      String name,
      Digest variantDigest,
      Digest promptDigest,
      String model,
      @Nullable Digest modelDigest,
      @Nullable Digest indexDigest,
      Map<String, String> parameters,
      List<String> authors)
      implements InferenceEvent {}

  /**
   * @param override the reason for releasing against a failed verdict; absent when the verdict
   *     passed
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
      List<String> authors)
      implements InferenceEvent {}

  @EventType("release.changed")
  record ReleaseChanged(
      UUID releaseId,
      String application,
      String environment,
      Digest variantDigest,
      @Nullable Digest previousVariantDigest,
      ReleaseState state,
      int percent,
      @Nullable String reason)
      implements InferenceEvent {}

  /**
   * What one arm of a release answered since it started (or the service did); every ten seconds.
   * Not a ledger entry.
   *
   * @param releaseId the release whose arms these are: while a canary runs, the canary's, for both
   *     of its arms
   * @param arm {@code canary} and {@code control} while a canary runs, else {@code active}
   * @param variantDigest what the arm serves: the control serves the former release's variant
   */
  @EventType("arm.reported")
  record ArmReported(
      UUID releaseId,
      String application,
      String environment,
      Digest variantDigest,
      String arm,
      Instant until,
      long requests,
      long errors,
      long feedback,
      long correct,
      double latencyP50Millis,
      double latencyP95Millis)
      implements InferenceEvent {}

  @EventType("usage.reported")
  record UsageReported(
      Instant minute,
      @Nullable String application,
      @Nullable Digest variantDigest,
      String model,
      long requests,
      long errors,
      long cacheHits,
      long inputTokens,
      long outputTokens,
      Money cost)
      implements InferenceEvent {}
}
