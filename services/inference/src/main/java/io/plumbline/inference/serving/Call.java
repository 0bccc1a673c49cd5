package io.plumbline.inference.serving;

import io.plumbline.contracts.Money;
import io.plumbline.inference.enduser.EndUser;
import io.plumbline.inference.trace.RequestContexts.RequestContext;
import io.plumbline.inference.trace.TraceSteps;
import io.plumbline.inference.trace.TraceRecord;
import io.plumbline.inference.usage.Tokens;
import io.plumbline.platform.identity.Caller;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A chat call whose model name is resolved.
 *
 * @param chat for a variant, only what has an effect there
 * @param endUser whom the caller made it for
 * @param ignored fields of the request that have no effect
 * @param repeatable whether the same call gets the same answer every time, so that one may be kept
 * @param withoutRetrieval whether the caller switched it off
 * @param includesPassages whether the answer says which passages the model was given
 */
record Call(
    RequestContext arrival,
    String responseId,
    Caller caller,
    EndUser endUser,
    ChatRequest chat,
    Target target,
    List<String> ignored,
    boolean repeatable,
    boolean withoutRetrieval,
    boolean includesPassages) {

  /** What the answer cache did for a call. */
  enum CacheUse {
    HIT,
    MISS,
    BYPASS;

    /** The value of the header {@code x-plumbline-cache}. */
    String header() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What a call took.
   *
   * @param cost absent when no price is known for the model
   */
  record Result(CacheUse cache, Tokens tokens, @Nullable Money cost) {}

  /**
   * How a call ended.
   *
   * @param error the code of the error; absent when there was none
   * @param providerMessage what the provider's server said of it, masked; absent when nothing
   * @param finishReason as the model gave it
   * @param firstTokenMicros of a provider's stream alone
   * @param abstained whether the variant abstained
   */
  record Ending(
      TraceRecord.Status status,
      @Nullable String error,
      @Nullable String providerMessage,
      @Nullable String finishReason,
      @Nullable Long firstTokenMicros,
      boolean abstained) {

    static Ending without(
        TraceRecord.Status status, String error, @Nullable String providerMessage) {
      return new Ending(status, error, providerMessage, null, null, false);
    }
  }

  /** Answered by a model of its target's fallback. */
  Call by(Target answering) {
    return new Call(
        arrival,
        responseId,
        caller,
        endUser,
        chat,
        answering,
        ignored,
        repeatable,
        withoutRetrieval,
        includesPassages);
  }

  /** The time of the call in Unix seconds. */
  long created() {
    return arrival.at().getEpochSecond();
  }

  TraceSteps steps() {
    return arrival.steps();
  }

  /** What the header {@code x-plumbline-trace} says. */
  String traceId() {
    return Objects.requireNonNullElse(arrival.traceId(), responseId);
  }

  /** Since the call arrived. */
  long micros() {
    return arrival.age();
  }

  /** The time since the call arrived, without the time of the model. */
  double millisWithout(long modelNanos) {
    return Math.max(0, System.nanoTime() - arrival.started() - modelNanos) / 1e6;
  }
}
