package io.plumbline.inference.serving;

import io.plumbline.inference.context.Fitted;
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
 * Asks the models of a call one after the other, until one answers. The next is asked only where
 * the failure of the one before says nothing about the request, while the caller waits and time is
 * left. One model answers a call: which one is decided before the caller is sent anything.
 */
@Component
class FallbackChain {

  /** The requests to the models of a call. */
  @FunctionalInterface
  interface Requests {

    /**
     * What is sent to one model, whose context window is its own.
     *
     * @throws RuntimeException when it is more than the model reads
     */
    Fitted.Fits to(Target target);
  }

  /**
   * Asks one model for an answer, or for the beginning of a streamed one.
   *
   * @param <T> the answer
   */
  @FunctionalInterface
  interface Model<T> {

    /**
     * @param limit of the time that it may take
     */
    T ask(Target target, ObjectNode request, Duration limit);
  }

  /**
   * What the first model answered that did.
   *
   * @param call with that model
   * @param request to that model
   * @param from {@link System#nanoTime()} when it was asked
   */
  record Answered<T>(Call call, Fitted.Fits request, T answer, long from) {

    <U> Answered<U> with(U other) {
      return new Answered<>(call, request, other, from);
    }

    /** Ends the step of the call that got the answer. */
    void took() {
      FallbackChain.took(call, from);
    }
  }

  private final BooleanSupplier wanted;
  private final LongSupplier nanos;

  @Autowired
  FallbackChain() {
    this(ClientConnection::isOpen, System::nanoTime);
  }

  /**
   * @param wanted whether the caller waits still, asked by the thread of the call
   */
  FallbackChain(BooleanSupplier wanted, LongSupplier nanos) {
    this.wanted = wanted;
    this.nanos = nanos;
  }

  /** A model's turn, and what it is sent. */
  private record Turn(Call call, Fitted.Fits request) {}

  /**
   * @throws RuntimeException why nothing is sent to the first model; else the failure of the model
   *     that failed last, those of the fallback left out that read less than the request or that
   *     their provider does not have
   */
  <T> Answered<T> ask(Call call, Requests requests, Model<T> model) {
    Duration total = call.target().deadline();
    long started = nanos.getAsLong();
    Iterator<Target.Fallback> rest = call.target().fallback().iterator();
    Turn turn = new Turn(call, requests.to(call.target()));
    Duration left = total;
    RuntimeException failure = null;
    while (true) {
      long from = nanos.getAsLong();
      try {
        T answer = model.ask(turn.call.target(), turn.request.request(), left);
        return new Answered<>(turn.call, turn.request, answer, from);
      } catch (RuntimeException e) {
        failed(turn.call, turn.call.target().name(), from, CallRecorder.code(e));
        failure = failure != null && isPassedOver(e) ? failure : e;
      }
      left = total.minusNanos(nanos.getAsLong() - started);
      turn = after(turn.call, failure, left, rest, requests);
    }
  }

  /**
   * A model that is gone is passed over, and so is one that reads less than the request: the
   * variant's own model has room for it, so that nobody is at fault.
   *
   * @throws RuntimeException the failure, when no other model is asked
   */
  private Turn after(
      Call failed,
      RuntimeException failure,
      Duration left,
      Iterator<Target.Fallback> rest,
      Requests requests) {
    while (rest.hasNext() && isRetryableElsewhere(failure) && left.isPositive()) {
      Target.Fallback fallback = rest.next();
      Target.Backend backend = fallback.backend();
      if (backend == null) {
        failed(failed, fallback.name(), nanos.getAsLong(), "model_not_found");
        continue;
      }
      if (!wanted.getAsBoolean()) {
        throw failure;
      }
      Call next = failed.by(failed.target().by(fallback.name(), backend));
      try {
        return new Turn(next, requests.to(next.target()));
      } catch (InvalidCall | PromptTooLong e) {
        failed(next, fallback.name(), nanos.getAsLong(), CallRecorder.code(e));
      }
    }
    throw failure;
  }

  /**
   * What a model of the fallback says of itself and not of the call: it reads less, which the
   * platform says before as far as it can count, or its provider has it no more.
   */
  private static boolean isPassedOver(RuntimeException failure) {
    return CallRecorder.isTooLong(CallRecorder.code(failure))
        || (failure instanceof UpstreamException upstream && upstream.status() == 404);
  }

  private static boolean isRetryableElsewhere(RuntimeException failure) {
    return failure instanceof UpstreamException upstream && upstream.elsewhere();
  }

  private static void failed(Call call, String model, long from, String error) {
    call.steps()
        .record(
            TraceSteps.Kind.CALL,
            from,
            isChain(call) ? Map.of("model", model, "error", error) : Map.of());
  }

  /** A step of the only model says what the trace says anyway. */
  static void took(Call call, long from) {
    call.steps()
        .record(
            TraceSteps.Kind.CALL,
            from,
            isChain(call) ? Map.of("model", call.target().name()) : Map.of());
  }

  private static boolean isChain(Call call) {
    return !call.target().fallback().isEmpty();
  }
}
