package io.plumbline.inference.serving;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Money;
import io.plumbline.inference.answer.AbstentionPolicy;
import io.plumbline.inference.answer.AnswerCheck;
import io.plumbline.inference.answer.AnswerTexts;
import io.plumbline.inference.answer.Citations;
import io.plumbline.inference.context.ComposedRequest;
import io.plumbline.inference.context.ContextFitResult;
import io.plumbline.inference.context.ContextWindows;
import io.plumbline.inference.provider.ProviderModel;
import io.plumbline.inference.retrieval.Passage;
import io.plumbline.inference.retrieval.encoder.EmbeddingResult;
import io.plumbline.inference.serving.ChatCall.CacheUse;
import io.plumbline.inference.serving.FallbackChain.Answered;
import io.plumbline.inference.serving.protocol.OpenAiError;
import io.plumbline.inference.trace.TraceRecord;
import io.plumbline.inference.trace.TraceSteps;
import io.plumbline.inference.usage.Tokens;
import io.plumbline.inference.variant.Composer;
import io.plumbline.inference.variant.RetrievalToggle;
import io.plumbline.inference.variant.TooLongCallRefusal;
import io.plumbline.inference.variant.Variant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Answers a call in steps: ask the answer cache, compose the request to the model, fit it into the
 * model's context window, call the model. It reads no database, because everything it needs is in
 * memory.
 */
@Component
class CompletionService {

  private final AnswerCache cache;
  private final Composer composer;
  private final ContextWindows windows;
  private final Backends backends;
  private final CallRecorder recorder;

  CompletionService(
      AnswerCache cache,
      Composer composer,
      ContextWindows windows,
      Backends backends,
      CallRecorder recorder) {
    this.cache = cache;
    this.composer = composer;
    this.windows = windows;
    this.backends = backends;
    this.recorder = recorder;
  }

  /**
   * An answer, and how it was produced.
   *
   * @param call the call, with the model that answered
   * @param searching the usage of embedding its query by a provider, which is metered separately;
   *     absent where no provider embedded it
   */
  record Served(
      ChatCall call,
      Completion completion,
      ChatCall.Result result,
      EmbeddingResult.@Nullable Use searching) {

    /**
     * Returns the cost of the answer and its search; absent when no price is known for one of them,
     * or when they have different currencies.
     */
    @Nullable Money cost() {
      Money answer = result.cost();
      if (searching == null || answer == null) {
        return answer;
      }
      Money search = searching.cost();
      if (search == null || !search.currency().equals(answer.currency())) {
        return null;
      }
      return new Money(answer.amount().add(search.amount()), answer.currency());
    }
  }

  /** The answer to a caller that requests a stream. */
  sealed interface StreamAnswer {}

  /**
   * A provider's stream, which its reader closes.
   *
   * @param composed the call that the stream answers
   */
  record Streamed(Answered<Backends.Opened> open, Composed composed) implements StreamAnswer {}

  /**
   * A call that is ready to be answered.
   *
   * @param requests the requests to the models that may answer
   * @param passages the passages in each of these requests
   * @param searching the usage of embedding the query by a provider; absent where no provider
   *     embedded it
   * @param check checks the answer against its response format
   */
  record Composed(
      FallbackChain.Requests requests,
      List<Passage> passages,
      EmbeddingResult.@Nullable Use searching,
      AnswerCheck check) {}

  /** A whole answer, from a model that does not stream. */
  record Whole(Served served) implements StreamAnswer {}

  /**
   * Answers a call with a whole answer.
   *
   * @param bypass whether the cache is not used
   */
  Served complete(ChatCall chatCall, boolean bypass) {
    Optional<Digest> key = bypass ? Optional.empty() : AnswerCache.keyOf(chatCall);
    Optional<Completion> cached =
        key.flatMap(digest ->
            chatCall
                .steps()
                .runStep(
                    TraceSteps.Kind.CACHE,
                    () -> cache.find(chatCall.caller().workspace(), digest)));
    if (cached.isPresent()) {
      return recordServed(
          chatCall,
          cached.get().withoutModelTime(),
          recorder.result(chatCall, CacheUse.HIT, Tokens.NONE),
          null);
    }
    Composed composed = compose(chatCall);
    Answered<Completion> answered =
        recorder.runRecordingFailure(
            chatCall, () -> backends.complete(chatCall, composed.requests));
    Served served = finish(answered, key.isPresent() ? CacheUse.MISS : CacheUse.BYPASS, composed);
    // The answer of a fallback model is not cached as the answer of the variant's own model.
    key.filter(digest -> !served.call.target().substitute())
        .ifPresent(digest -> cache.put(chatCall.caller().workspace(), digest, served.completion));
    return served;
  }

  /**
   * Begins the answer to a caller that requests a stream. The stream of a provider's model is
   * passed on as it arrives.
   */
  StreamAnswer beginStreaming(ChatCall chatCall) {
    Composed composed = compose(chatCall);
    Answered<Backends.Start> answered =
        recorder.runRecordingFailure(
            chatCall, () -> backends.beginStreaming(chatCall, composed.requests));
    return switch (answered.answer()) {
      case Backends.Opened opened -> new Streamed(answered.withAnswer(opened), composed);
      case Backends.Finished(var completion) ->
          new Whole(finish(answered.withAnswer(completion), CacheUse.BYPASS, composed));
    };
  }

  private ChatCall.Result resultOf(ChatCall chatCall, CacheUse use, Completion completion) {
    return recorder.result(chatCall, use, completion.tokens());
  }

  private Served finish(Answered<Completion> answered, CacheUse use, Composed composed) {
    answered.recordAnswer();
    ChatCall chatCall = answered.call();
    Completion completion =
        answered.answer().asAnswerTo(answered.request().dropped(), composed.passages);
    AbstentionPolicy.applyToAnswer(
        chatCall.target().abstention(), completion.body(), chatCall.steps());
    new Citations(completion.passages()).annotate(completion.body());
    Optional<String> violation = violation(composed.check, completion.body());
    if (violation.isPresent()) {
      OpenAiError invalid = OpenAiError.invalidOutput(violation.get());
      recorder.record(
          chatCall,
          resultOf(chatCall, CacheUse.BYPASS, completion),
          ChatCall.Ending.withoutAnswer(TraceRecord.Status.ERROR, invalid.code(), null),
          completion.messages());
      throw invalid;
    }
    return recordServed(
        chatCall, completion, resultOf(chatCall, use, completion), composed.searching);
  }

  private static Optional<String> violation(AnswerCheck check, JsonNode answer) {
    AnswerTexts texts = new AnswerTexts();
    if (check.schema() != null) {
      texts.add(answer);
    }
    return check.violation(texts);
  }

  private Served recordServed(
      ChatCall chatCall,
      Completion completion,
      ChatCall.Result result,
      EmbeddingResult.@Nullable Use searching) {
    recorder.record(
        chatCall,
        result,
        new ChatCall.Ending(
            TraceRecord.Status.OK,
            null,
            null,
            finishReason(completion),
            null,
            completion.abstained()),
        completion.messages());
    return new Served(chatCall, completion, result, searching);
  }

  private static @Nullable String finishReason(Completion completion) {
    JsonNode reason = completion.body().path("choices").path(0).path("finish_reason");
    return reason.isString() ? reason.asString() : null;
  }

  /**
   * Composes the requests of a call. A model without a variant gets the caller's request as it is.
   */
  private Composed compose(ChatCall chatCall) {
    Variant variant = chatCall.target().variant();
    if (chatCall.withoutRetrieval()) {
      chatCall
          .steps()
          .record(
              TraceSteps.Kind.RETRIEVE,
              System.nanoTime(),
              Map.of("switched off by", RetrievalToggle.HEADER));
    }
    if (variant == null) {
      return new Composed(
          _ -> ContextFitResult.Fits.unchanged(chatCall.chat().body()),
          List.of(),
          null,
          answerCheck(chatCall));
    }
    Composer.Composed composed =
        recorder.runRecordingFailure(
            chatCall,
            () ->
                chatCall
                    .steps()
                    .runStep(
                        TraceSteps.Kind.RENDER,
                        () ->
                            composer.compose(
                                variant, chatCall.chat().body(), !chatCall.withoutRetrieval())));
    return new Composed(
        target -> fitRequest(chatCall, variant, composed.request(), target),
        composed.passages(),
        composed.searching(),
        answerCheck(chatCall));
  }

  /** Returns the request in the form that fits into the context window of a provider's model. */
  private ContextFitResult.Fits fitRequest(
      ChatCall chatCall, Variant variant, ComposedRequest request, Target target) {
    if (!(target.backend() instanceof Target.External(ProviderModel model))) {
      return ContextFitResult.Fits.unchanged(request.body());
    }
    return switch (windows.fit(
        chatCall.caller().workspace(), model, request, variant.overflow(), chatCall.steps())) {
      case ContextFitResult.Fits fits -> fits;
      case ContextFitResult.TooLong tooLong ->
          throw TooLongCallRefusal.toException(tooLong, chatCall.chat().body());
    };
  }

  /**
   * Returns the check of the answer against its response format. It is created before a model is
   * called, because it may have to fetch the prompt: if that failed later, nobody would read the
   * open stream.
   */
  private AnswerCheck answerCheck(ChatCall chatCall) {
    return new AnswerCheck(
        composer.answerSchema(chatCall.target().variant(), chatCall.chat().body()).orElse(null));
  }
}
