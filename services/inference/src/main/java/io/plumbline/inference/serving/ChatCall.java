package io.plumbline.inference.serving;

import io.plumbline.contracts.Money;
import io.plumbline.inference.enduser.EndUser;
import io.plumbline.inference.trace.RequestContexts.RequestContext;
import io.plumbline.inference.trace.TraceRecord;
import io.plumbline.inference.trace.TraceSteps;
import io.plumbline.inference.usage.Tokens;
import io.plumbline.inference.variant.GovernedCall;
import io.plumbline.platform.identity.Caller;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A chat call whose model name is resolved.
 *
 * @param chat the request; for a variant, only the fields that have an effect there
 * @param endUser the end user that the caller made it for
 * @param ignored the fields of the request that have no effect
 * @param repeatable whether the same call gets the same answer every time, so that it may be cached
 * @param withoutRetrieval whether the caller switched retrieval off
 * @param includesPassages whether the answer lists the passages that the model was given
 */
record ChatCall(
    RequestContext context,
    String responseId,
    Caller caller,
    EndUser endUser,
    ChatRequest chat,
    Target target,
    List<String> ignored,
    boolean repeatable,
    boolean withoutRetrieval,
    boolean includesPassages) {

  /** The use of the answer cache by a call. */
  enum CacheUse {
    HIT,
    MISS,
    BYPASS;

    /** Returns the value of the header {@code x-plumbline-cache}. */
    String header() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The usage of a call.
   *
   * @param pricedModel the name of the model whose price applies, in the catalogue
   * @param cost absent when no price is known for the model
   */
  record Result(CacheUse cache, String pricedModel, Tokens tokens, @Nullable Money cost) {}

  /**
   * The end of a call.
   *
   * @param error the code of the error; absent when there was none
   * @param providerMessage the message of the provider's server about the error, masked; absent
   *     when there was none
   * @param finishReason the finish reason that the model gave
   * @param firstTokenMicros the time to the first token; absent unless a provider's stream was
   *     passed on
   * @param abstained whether the variant abstained
   */
  record Ending(
      TraceRecord.Status status,
      @Nullable String error,
      @Nullable String providerMessage,
      @Nullable String finishReason,
      @Nullable Long firstTokenMicros,
      boolean abstained) {

    static Ending withoutAnswer(
        TraceRecord.Status status, String error, @Nullable String providerMessage) {
      return new Ending(status, error, providerMessage, null, null, false);
    }
  }

  /** Returns the same call, answered by another model of its target's fallback. */
  ChatCall withTarget(Target answering) {
    return with(chat, answering, ignored, repeatable);
  }

  /** Returns the same call with what its variant lets the caller decide. */
  ChatCall withGovernedRequest(GovernedCall governed) {
    return with(
        chat.withBody(governed.body()),
        target,
        governed.ignored(),
        governed.repeatable() && !withoutRetrieval);
  }

  private ChatCall with(
      ChatRequest request, Target answering, List<String> without, boolean isRepeatable) {
    return new ChatCall(
        context,
        responseId,
        caller,
        endUser,
        request,
        answering,
        without,
        isRepeatable,
        withoutRetrieval,
        includesPassages);
  }

  /** Returns the time of the call in Unix seconds. */
  long created() {
    return context.at().getEpochSecond();
  }

  TraceSteps steps() {
    return context.steps();
  }

  /** Returns the value of the header {@code x-plumbline-trace}. */
  String traceId() {
    return Objects.requireNonNullElse(context.traceId(), responseId);
  }

  /** Returns the microseconds since the call arrived. */
  long ageMicros() {
    return context.ageMicros();
  }

  /** Returns the milliseconds since the call arrived, without the time of the model. */
  double overheadMillis(long modelNanos) {
    return Math.max(0, System.nanoTime() - context.started() - modelNanos) / 1e6;
  }
}
