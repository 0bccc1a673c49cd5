package io.plumbline.inference.trace;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Money;
import io.plumbline.inference.apikey.ApiKeyActorName;
import io.plumbline.inference.enduser.EndUser;
import io.plumbline.inference.trace.RequestContexts.RequestContext;
import io.plumbline.inference.usage.RequestRecord;
import io.plumbline.inference.usage.Tokens;
import io.plumbline.platform.identity.Caller;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The trace of one request.
 *
 * @param requestId the unique id of the request, which grows with time
 * @param traceId the id in the header {@code x-plumbline-trace}; several requests may share one
 * @param responseId the id of the answer; absent when the answer has none
 * @param caller the subject of the caller's token
 * @param service whether a service of the platform called; absent in journals from before
 * @param sealed whether the trace is of a sealed evaluation run, so that nobody may see it; absent
 *     in journals from before
 * @param endUser the end user that the caller made the request for
 * @param steps the steps in the order in which they ended
 * @param content the contents; absent when none are kept
 */
public record TraceRecord(
    UUID requestId,
    UUID workspace,
    String traceId,
    @Nullable String responseId,
    String caller,
    @Nullable Boolean service,
    @Nullable Boolean sealed,
    EndUser endUser,
    Operation operation,
    Origin origin,
    Timing timing,
    Outcome outcome,
    Consumption consumption,
    List<TraceSteps.Step> steps,
    @Nullable Content content) {

  private static final int MAX_LENGTH = 200;

  /**
   * Returns the trace of the current caller's request for embeddings. Such a request is never
   * streamed or answered from the cache, and its contents are never kept.
   *
   * @param endUser the end user that the caller made the request for
   * @param error the code of the error; absent when there was none
   * @param providerMessage the message of the provider's server about the error, masked; absent
   *     when there was none, or when contents are not kept
   */
  public static TraceRecord ofEmbedding(
      RequestContext context,
      String traceId,
      EndUser endUser,
      Origin origin,
      Status status,
      @Nullable String error,
      @Nullable String providerMessage,
      Consumption consumption) {
    Caller caller = Caller.current();
    return new TraceRecord(
        context.requestId(),
        caller.workspace(),
        traceId,
        null,
        caller.actor(),
        caller.service(),
        caller.service() && context.sealed(),
        endUser,
        Operation.EMBEDDING,
        origin,
        new Timing(context.at(), context.ageMicros(), null),
        new Outcome(status, error, providerMessage, null, "bypass", false),
        consumption,
        context.steps().recordedSteps(),
        null);
  }

  public TraceRecord {
    traceId = toStorableText(traceId);
    caller = toStorableText(caller);
    endUser = orUnknown(endUser);
    steps = List.copyOf(steps);
  }

  /** The operation that was requested. */
  public enum Operation {
    CHAT,
    EMBEDDING
  }

  /** The status with which a request ended. */
  public enum Status {
    OK,
    /** The model or the platform failed; the request counts as an error. */
    ERROR,
    /** The call itself is at fault, so the request is not metered. */
    REFUSED,
    /** The caller left before the end, and the call is metered by what the provider had done. */
    ABANDONED
  }

  /**
   * The application, variant and model that answered.
   *
   * @param environment the environment; like release and arm, absent unless an application was
   *     called
   * @param variant the digest of the variant; absent when a model is called directly
   * @param model the name of the model as it is metered
   */
  public record Origin(
      @Nullable String application,
      @Nullable String environment,
      @Nullable UUID releaseId,
      @Nullable String arm,
      @Nullable Digest variant,
      String model) {}

  /**
   * The time and duration of a request.
   *
   * @param firstTokenMicros the time until the first part of a provider's stream was passed on;
   *     absent for other answers
   */
  public record Timing(Instant startedAt, long durationMicros, @Nullable Long firstTokenMicros) {

    Instant endedAt() {
      return startedAt.plusNanos(durationMicros * 1_000);
    }
  }

  /**
   * The outcome of a request.
   *
   * @param error the code of the error; absent when there was none
   * @param providerMessage the message of the provider's server about a failure, masked; absent
   *     when there was none, or when contents are not kept
   * @param finishReason the finish reason that the model gave
   * @param cache {@code hit}, {@code miss} or {@code bypass}
   */
  public record Outcome(
      Status status,
      @Nullable String error,
      @Nullable String providerMessage,
      @Nullable String finishReason,
      String cache,
      boolean streamed) {

    public Outcome {
      error = error == null ? null : toStorableText(error);
      finishReason = finishReason == null ? null : toStorableText(finishReason);
    }
  }

  /**
   * The usage of a request.
   *
   * @param cost the cost; absent when no price is known for the model
   */
  public record Consumption(Tokens tokens, @Nullable Money cost) {}

  /**
   * The contents of a request and its answer, as far as they are kept.
   *
   * @param contents the policy by which they are kept
   * @param input the request as JSON
   * @param output the answer as JSON; absent without an answer
   * @param truncated whether something was too long to be kept
   */
  public record Content(
      ContentPolicy contents, String input, @Nullable String output, boolean truncated) {}

  /** Returns the day on which the request arrived, in UTC: the partition of the table. */
  LocalDate day() {
    return LocalDate.ofInstant(timing.startedAt, ZoneOffset.UTC);
  }

  /** Returns the record that the ledger commits to. */
  RequestRecord ledgerRecord() {
    return new RequestRecord(
        requestId,
        responseId,
        workspace,
        timing.startedAt,
        operation.name(),
        origin.application,
        origin.environment,
        origin.releaseId,
        origin.arm,
        origin.variant,
        ApiKeyActorName.findKeyId(caller).orElse(null),
        origin.model,
        outcome.status.name(),
        outcome.cache,
        consumption.tokens,
        consumption.cost);
  }

  /** Returns the day on which the request ended, in UTC. Its usage counts in its last minute. */
  LocalDate endDay() {
    return LocalDate.ofInstant(timing.endedAt(), ZoneOffset.UTC);
  }

  /** Returns whether the request counts in the usage of its workspace. */
  boolean metered() {
    return outcome.status != Status.REFUSED;
  }

  /** Returns the end user; UNKNOWN for records of journals from before end users existed. */
  private static EndUser orUnknown(@Nullable EndUser endUser) {
    return Objects.requireNonNullElse(endUser, EndUser.UNKNOWN);
  }

  /**
   * Returns a short text that PostgreSQL can store. Some of these texts were chosen by a provider.
   */
  private static String toStorableText(String text) {
    boolean plain = text.chars().allMatch(c -> c >= ' ' && c <= '~');
    String printable = plain ? text : text.replaceAll("[^\\x20-\\x7e]", "?");
    return printable.substring(0, Math.min(MAX_LENGTH, printable.length()));
  }
}
