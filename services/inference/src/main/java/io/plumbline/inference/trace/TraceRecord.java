package io.plumbline.inference.trace;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Money;
import io.plumbline.inference.apikey.KeyActor;
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
 * What happened in one request.
 *
 * @param requestId unique; grows with time
 * @param responseId what the answer is called; absent when an answer has no id
 * @param traceId as in the header {@code x-plumbline-trace}; several requests may share one
 * @param caller the subject of the caller's token
 * @param endUser whom the caller made it for
 * @param steps in the order in which they ended
 * @param content absent when none is kept
 */
public record TraceRecord(
    UUID requestId,
    UUID workspace,
    String traceId,
    @Nullable String responseId,
    String caller,
    EndUser endUser,
    Operation operation,
    Origin origin,
    Timing timing,
    Outcome outcome,
    Consumption consumption,
    List<TraceSteps.Step> steps,
    @Nullable Content content) {

  private static final int LONGEST = 200;

  /**
   * Of a request for embeddings, which is the current caller's: no such request is streamed, kept
   * or answered from the cache.
   *
   * @param endUser whom the caller made it for
   * @param error the code of the error; absent when there was none
   * @param providerMessage what the provider's server said of it, masked; absent when nothing, or
   *     when contents are not kept
   */
  public static TraceRecord ofEmbedding(
      RequestContext arrival,
      String traceId,
      EndUser endUser,
      Origin origin,
      Status status,
      @Nullable String error,
      @Nullable String providerMessage,
      Consumption consumption) {
    Caller caller = Caller.current();
    return new TraceRecord(
        arrival.requestId(),
        caller.workspace(),
        traceId,
        null,
        caller.actor(),
        endUser,
        Operation.EMBEDDING,
        origin,
        new Timing(arrival.at(), arrival.age(), null),
        new Outcome(status, error, providerMessage, null, "bypass", false),
        consumption,
        arrival.steps().taken(),
        null);
  }

  public TraceRecord {
    traceId = clean(traceId);
    caller = clean(caller);
    endUser = known(endUser);
    steps = List.copyOf(steps);
  }

  /** What was asked for. */
  public enum Operation {
    CHAT,
    EMBEDDING
  }

  /** How a request ended. */
  public enum Status {
    OK,
    /** The model or the platform failed; it counts as an error. */
    ERROR,
    /** The call itself is at fault: it is not metered. */
    REFUSED,
    /** The caller left a stream, which is metered by what was sent. */
    ABANDONED
  }

  /**
   * What answered.
   *
   * @param environment and release and arm: absent unless an application was called
   * @param variant absent when a model is called directly
   * @param model the name as it is metered
   */
  public record Origin(
      @Nullable String application,
      @Nullable String environment,
      @Nullable UUID releaseId,
      @Nullable String arm,
      @Nullable Digest variant,
      String model) {}

  /**
   * When, and how long.
   *
   * @param firstTokenMicros until the first part of a provider's stream was passed on; absent for
   *     other answers
   */
  public record Timing(Instant startedAt, long durationMicros, @Nullable Long firstTokenMicros) {

    Instant endedAt() {
      return startedAt.plusNanos(durationMicros * 1_000);
    }
  }

  /**
   * How it ended.
   *
   * @param error the code of the error; absent when there was none
   * @param providerMessage what the provider's server said of a failure, masked; absent when
   *     nothing, or when contents are not kept
   * @param finishReason as the model gave it
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
      error = error == null ? null : clean(error);
      finishReason = finishReason == null ? null : clean(finishReason);
    }
  }

  /**
   * What it took.
   *
   * @param cost absent when no price is known for the model
   */
  public record Consumption(Tokens tokens, @Nullable Money cost) {}

  /**
   * What was asked and answered, as far as it is kept.
   *
   * @param contents the policy by which it is
   * @param input JSON
   * @param output JSON; absent when nothing was answered
   * @param truncated whether something was too long to be kept
   */
  public record Content(
      Contents contents, String input, @Nullable String output, boolean truncated) {}

  /** In UTC; the partition of the table. */
  LocalDate day() {
    return LocalDate.ofInstant(timing.startedAt, ZoneOffset.UTC);
  }

  /** What the ledger commits to. */
  RequestRecord committed() {
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
        KeyActor.keyOf(caller).orElse(null),
        origin.model,
        outcome.status.name(),
        outcome.cache,
        consumption.tokens,
        consumption.cost);
  }

  /** In UTC; that of the minute in which it counts. */
  LocalDate lastDay() {
    return LocalDate.ofInstant(timing.endedAt(), ZoneOffset.UTC);
  }

  /** Whether it counts in the usage of its workspace. */
  boolean metered() {
    return outcome.status != Status.REFUSED;
  }

  /** Records of a journal from before there were end users have none. */
  private static EndUser known(@Nullable EndUser endUser) {
    return Objects.requireNonNullElse(endUser, EndUser.UNKNOWN);
  }

  /** Short, and without what PostgreSQL does not store: some of it a provider chose. */
  private static String clean(String text) {
    boolean plain = text.chars().allMatch(c -> c >= ' ' && c <= '~');
    String printable = plain ? text : text.replaceAll("[^\\x20-\\x7e]", "?");
    return printable.length() <= LONGEST ? printable : printable.substring(0, LONGEST);
  }
}
