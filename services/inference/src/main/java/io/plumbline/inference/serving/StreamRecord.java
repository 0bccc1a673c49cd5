package io.plumbline.inference.serving;

import io.plumbline.inference.serving.ChatCall.CacheUse;
import io.plumbline.inference.serving.FallbackChain.Answered;
import io.plumbline.inference.trace.JournalFailure;
import io.plumbline.inference.trace.StreamedAnswer;
import io.plumbline.inference.trace.TraceRecord.Status;
import io.plumbline.inference.usage.ProviderTokenCounter;
import io.plumbline.inference.usage.Tokens;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * The record of a provider's stream so far. It is recorded once however the stream ends, because
 * the provider has accepted the call, which costs money.
 */
final class StreamRecord {

  private static final Logger log = LoggerFactory.getLogger(StreamRecord.class);

  /** The characters of a finish reason that are kept, more than a trace has. */
  private static final int MAX_REASON = 200;

  private final Answered<?> open;
  private final ChatCall chatCall;
  private final ProviderTokenCounter tokens;
  private final CallRecorder recorder;
  private final @Nullable StreamedAnswer answer;
  private boolean recorded;
  private boolean abstained;
  private @Nullable Long firstTokenMicros;
  private @Nullable String finishReason;

  StreamRecord(Answered<?> open, ProviderTokenCounter tokens, CallRecorder recorder) {
    this.open = open;
    this.chatCall = open.call();
    this.tokens = tokens;
    this.recorder = recorder;
    this.answer = recorder.keepsContents(chatCall) ? new StreamedAnswer() : null;
  }

  /** Adds a part of the answer that is passed on now. */
  void addSent(JsonNode chunk) {
    tokens.addChunk(chunk);
    JsonNode choices = chunk.path("choices");
    if (answer != null) {
      answer.addChunk(choices);
    }
    if (firstTokenMicros == null && !choices.isEmpty()) {
      firstTokenMicros = chatCall.ageMicros();
    }
    choices
        .valueStream()
        .map(choice -> choice.path("finish_reason"))
        .filter(JsonNode::isString)
        .forEach(reason -> finishReason = start(reason.asString()));
  }

  private static String start(String reason) {
    return reason.substring(0, Math.min(MAX_REASON, reason.length()));
  }

  /** Records that the variant abstained in what was streamed. */
  void markAbstained() {
    abstained = true;
  }

  boolean hasFinishReason() {
    return finishReason != null;
  }

  void recordFailure(RuntimeException cause) {
    recordEnd(
        CallRecorder.endingStatus(chatCall, cause),
        CallRecorder.errorCode(cause),
        CallRecorder.providerMessage(cause));
  }

  /**
   * Records the call like {@link #recordEnd(Status, String, String)}, without a provider's message.
   */
  Optional<JournalFailure> recordEnd(Status status, @Nullable String error) {
    return recordEnd(status, error, null);
  }

  /**
   * Records the call, unless it is recorded already.
   *
   * @param providerMessage the message of the provider's server about the error; absent when there
   *     is none
   * @return the reason why the call cannot be recorded; empty when it is recorded
   */
  Optional<JournalFailure> recordEnd(
      Status status, @Nullable String error, @Nullable String providerMessage) {
    if (recorded) {
      return Optional.empty();
    }
    recorded = true;
    open.recordAnswer();
    Tokens used = tokens.countedTokens();
    try {
      recorder.record(
          chatCall,
          recorder.result(chatCall, CacheUse.BYPASS, used),
          new ChatCall.Ending(
              status, error, providerMessage, finishReason, firstTokenMicros, abstained),
          answer == null ? null : answer.messages());
      return Optional.empty();
    } catch (JournalFailure e) {
      log.error(
          "The streamed call of request {} was not recorded in the journal. Its answer is not"
              + " completed: {}",
          chatCall.context().requestId(),
          e.toString());
      return Optional.of(e);
    }
  }
}
