package io.plumbline.inference.trace;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Money;
import io.plumbline.inference.apikey.ApiKeyActorName;
import io.plumbline.inference.trace.TraceRecord.Operation;
import io.plumbline.inference.trace.TraceRecord.Status;
import io.plumbline.inference.usage.RequestRecord;
import io.plumbline.inference.usage.Tokens;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A trace in a list.
 *
 * @param responseId the id of the answer; absent when the answer has none
 * @param firstTokenMillis the time until the first part of a provider's stream; absent for other
 *     answers
 * @param environment the environment; like release and arm, absent unless an application was called
 * @param releaseId the release that the request is reported under; while a canary runs, the canary
 * @param variantDigest the digest of the variant; absent when a model is called directly
 * @param model the name of the model as in usage, where all names that nobody entered are one
 * @param userHash the keyed hash of the user that the call named; absent where it named none
 * @param sessionId the session that the call named, masked and bounded; absent where it named none
 * @param error the code of the error; absent when there was none
 * @param providerMessage the message of the provider's server about the failure, masked; absent
 *     when there was none
 * @param cachedInputTokens the tokens of the input that the provider had cached
 * @param reasoningTokens the tokens of the output that are not shown to anybody
 * @param cost the cost; absent when no price is known for the model
 * @param contents the policy by which the contents were kept; they may have been deleted since
 */
public record TraceView(
    UUID requestId,
    String traceId,
    @Nullable String responseId,
    Instant startedAt,
    double durationMillis,
    @Nullable Double firstTokenMillis,
    Operation operation,
    @Nullable String application,
    @Nullable String environment,
    @Nullable UUID releaseId,
    @Nullable String arm,
    @Nullable Digest variantDigest,
    String model,
    String caller,
    @Nullable String userHash,
    @Nullable String sessionId,
    Status status,
    @Nullable String error,
    @Nullable String providerMessage,
    @Nullable String finishReason,
    String cache,
    boolean streamed,
    long inputTokens,
    long cachedInputTokens,
    long outputTokens,
    long reasoningTokens,
    @Nullable Money cost,
    ContentPolicy contents) {

  /**
   * Returns the record that the ledger commits to. It differs from the counted record when somebody
   * changed the trace.
   */
  RequestRecord ledgerRecord(UUID workspace) {
    return new RequestRecord(
        requestId,
        responseId,
        workspace,
        startedAt,
        operation.name(),
        application,
        environment,
        releaseId,
        arm,
        variantDigest,
        ApiKeyActorName.findKeyId(caller).orElse(null),
        model,
        status.name(),
        cache,
        new Tokens(inputTokens, cachedInputTokens, outputTokens, reasoningTokens),
        cost);
  }

  /** Returns the day on which the request arrived, in UTC: the partition of the table. */
  LocalDate day() {
    return LocalDate.ofInstant(startedAt, ZoneOffset.UTC);
  }
}
