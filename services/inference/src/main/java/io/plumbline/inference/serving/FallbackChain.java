package io.plumbline.inference.serving;

import io.plumbline.inference.context.ContextFitResult;
import io.plumbline.inference.provider.UpstreamException;
import io.plumbline.inference.trace.TraceSteps;
import io.plumbline.inference.variant.InvalidCall;
import io.plumbline.inference.variant.PromptTooLong;
import io.plumbline.platform.web.ClientConnection;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks the models of a call one after the other, until one answers. The next model is asked only
 * when the failure of the one before says nothing about the request, the caller still waits and
 * time is left. One model answers a call, and it is decided which one before anything is sent to
 * the caller.
 */
@Component
class FallbackChain {

  /** The requests to the models of a call. */
  @FunctionalInterface
  interface Requests {

    /**
     * Returns the request to one model, fitted into the model's own context window.
     *
     * @throws RuntimeException when the request has more text than the model reads
     */
    ContextFitResult.Fits requestTo(Target target);
  }

  /**
   * Asks one model for an answer, or for the beginning of a streamed one.
   *
   * @param <T> the answer
   */
  @FunctionalInterface
  interface Model<T> {

    /**
     * Asks the model.
     *
     * @param limit the time that the model may take
     */
    T ask(Target target, ObjectNode request, Duration limit);
  }

  /**
   * The answer to a call, and the model that gave it: the first in the chain that did not fail.
   *
   * @param call the call, with that model
   * @param request the request to that model
   * @param from {@link System#nanoTime()} when the model was asked
   */
  record Answered<T>(ChatCall call, ContextFitResult.Fits request, T answer, long from) {

    <U> Answered<U> withAnswer(U other) {
      return new Answered<>(call, request, other, from);
    }

    /** Records in the trace the step in which the model answered. */
    void recordAnswer() {
      FallbackChain.recordAnswer(call, from);
    }
  }

  private final BooleanSupplier callerWaits;
  private final LongSupplier nanos;

  @Autowired
  FallbackChain() {
    this(ClientConnection::isOpen, System::nanoTime);
  }

  /**
   * Creates a chain.
   *
   * @param callerWaits whether the caller still waits; asked by the thread of the call
   */
  FallbackChain(BooleanSupplier callerWaits, LongSupplier nanos) {
    this.callerWaits = callerWaits;
    this.nanos = nanos;
  }

  /** The next model to ask, as a part of the call, and the request to that model. */
  private record Turn(ChatCall call, ContextFitResult.Fits request) {}

  /**
   * Asks the models until one answers.
   *
   * @throws RuntimeException the reason why nothing can be sent to the first model; otherwise the
   *     failure of the model that failed last. Fallback models that read less than the request has,
   *     or that their provider does not have, do not count
   */
  <T> Answered<T> ask(ChatCall chatCall, Requests requests, Model<T> model) {
    Duration total = chatCall.target().deadline();
    long started = nanos.getAsLong();
    Iterator<Target.Fallback> rest = chatCall.target().fallback().iterator();
    Turn turn = new Turn(chatCall, requests.requestTo(chatCall.target()));
    Duration left = total;
    RuntimeException failure = null;
    while (true) {
      long from = nanos.getAsLong();
      try {
        T answer = model.ask(turn.call.target(), turn.request.request(), left);
        return new Answered<>(turn.call, turn.request, answer, from);
      } catch (RuntimeException e) {
        recordFailure(turn.call, turn.call.target().name(), from, CallRecorder.errorCode(e));
        if (failure == null || !isPassedOver(e)) {
          failure = e;
        }
      }
      left = total.minusNanos(nanos.getAsLong() - started);
      turn = nextTurn(turn.call, failure, left, rest, requests);
    }
  }

  /**
   * Returns the turn of the next model. A model that is gone is passed over, and so is one that
   * reads less than the request has: the variant's own model has room for the request, so neither
   * the caller nor the variant is at fault.
   *
   * @throws RuntimeException the failure, when no other model is asked
   */
  private Turn nextTurn(
      ChatCall failed,
      RuntimeException failure,
      Duration left,
      Iterator<Target.Fallback> rest,
      Requests requests) {
    while (rest.hasNext() && isRetryableElsewhere(failure) && left.isPositive()) {
      Target.Fallback fallback = rest.next();
      Target.Backend backend = fallback.backend();
      if (backend == null) {
        recordFailure(failed, fallback.name(), nanos.getAsLong(), "model_not_found");
        continue;
      }
      if (!callerWaits.getAsBoolean()) {
        throw failure;
      }
      ChatCall next = failed.withTarget(failed.target().withBackend(fallback.name(), backend));
      try {
        return new Turn(next, requests.requestTo(next.target()));
      } catch (InvalidCall | PromptTooLong e) {
        recordFailure(next, fallback.name(), nanos.getAsLong(), CallRecorder.errorCode(e));
      }
    }
    throw failure;
  }

  /**
   * Returns whether a failure concerns the fallback model and not the call: the model reads less
   * than the request has, or its provider no longer has the model. The platform finds the former
   * itself where it can count the model's tokens.
   */
  private static boolean isPassedOver(RuntimeException failure) {
    return CallRecorder.isTooLong(CallRecorder.errorCode(failure))
        || (failure instanceof UpstreamException upstream && upstream.status() == 404);
  }

  private static boolean isRetryableElsewhere(RuntimeException failure) {
    return failure instanceof UpstreamException upstream && upstream.isRetryableElsewhere();
  }

  private static void recordFailure(ChatCall chatCall, String model, long from, String error) {
    recordStep(chatCall, from, Map.of("model", model, "error", error));
  }

  static void recordAnswer(ChatCall chatCall, long from) {
    recordStep(chatCall, from, Map.of("model", chatCall.target().name()));
  }

  /**
   * Records a step. The step of an only model has no details, because the trace has them anyway.
   */
  private static void recordStep(ChatCall chatCall, long from, Map<String, String> details) {
    chatCall.steps().record(TraceSteps.Kind.CALL, from, hasFallback(chatCall) ? details : Map.of());
  }

  private static boolean hasFallback(ChatCall chatCall) {
    return !chatCall.target().fallback().isEmpty();
  }
}
