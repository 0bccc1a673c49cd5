package io.plumbline.inference.serving;

import io.plumbline.inference.answer.AnswerCheck;
import io.plumbline.inference.answer.AnswerExtension;
import io.plumbline.inference.answer.AnswerTexts;
import io.plumbline.inference.answer.Citations;
import io.plumbline.inference.answer.StreamAbstentionDetector;
import io.plumbline.inference.answer.StreamedCitations;
import io.plumbline.inference.provider.ProviderClient;
import io.plumbline.inference.provider.ProviderModel;
import io.plumbline.inference.provider.UpstreamEvents;
import io.plumbline.inference.provider.UpstreamException;
import io.plumbline.inference.provider.UpstreamResponse;
import io.plumbline.inference.provider.protocol.StreamTranslation;
import io.plumbline.inference.retrieval.Passage;
import io.plumbline.inference.serving.FallbackChain.Answered;
import io.plumbline.inference.serving.protocol.EventStream;
import io.plumbline.inference.serving.protocol.OpenAiError;
import io.plumbline.inference.trace.JournalFailure;
import io.plumbline.inference.trace.TraceRecord.Status;
import io.plumbline.inference.trace.TraceSteps;
import io.plumbline.inference.usage.ProviderTokenCounter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Relays a provider's stream as it arrives, under the call's own id. */
@Component
class ProviderStreamRelay {

  private static final Logger log = LoggerFactory.getLogger(ProviderStreamRelay.class);

  private final ProviderClient providers;
  private final CallRecorder recorder;
  private final JsonMapper json;

  ProviderStreamRelay(ProviderClient providers, CallRecorder recorder, JsonMapper json) {
    this.providers = providers;
    this.recorder = recorder;
    this.json = json;
  }

  /**
   * Relays a stream. However the stream ends, the call is recorded once and the connection is
   * returned.
   *
   * @param open the stream, with the call of the model that answers
   * @param composed the call that the stream answers
   */
  void relay(
      Answered<Backends.Opened> open,
      CompletionService.Composed composed,
      HttpServletResponse response)
      throws IOException {
    ChatCall chatCall = open.call();
    ObjectNode request = open.request().request();
    StreamRecord record = new StreamRecord(open, new ProviderTokenCounter(request), recorder);
    try (UpstreamResponse upstreamResponse = open.answer().upstream()) {
      ResponseHeaders.setForStream(chatCall, open.request().dropped(), open.from(), response);
      new Relay(
              chatCall,
              open.answer().model(),
              upstreamResponse,
              record,
              composed,
              request.path("n").asInt(1),
              response)
          .run();
    } catch (RuntimeException e) {
      record.recordFailure(e);
      throw e;
    } finally {
      // A recorded call stays as it is. Only the call of a caller that left before the first byte
      // is
      // not recorded yet.
      record.recordEnd(Status.ABANDONED, null);
    }
  }

  /** The relay of one stream. */
  private final class Relay {

    private final ChatCall chatCall;
    private final ProviderModel model;
    private final UpstreamResponse upstreamResponse;
    private final StreamRecord record;
    private final AnswerCheck check;
    private final List<Passage> passages;
    private final AnswerTexts texts = new AnswerTexts();
    private final StreamedCitations citations;
    private final StreamAbstentionDetector abstention;
    private final EventStream stream;
    private boolean answered;

    Relay(
        ChatCall chatCall,
        ProviderModel model,
        UpstreamResponse upstreamResponse,
        StreamRecord record,
        CompletionService.Composed composed,
        int choices,
        HttpServletResponse response)
        throws IOException {
      this.chatCall = chatCall;
      this.model = model;
      this.upstreamResponse = upstreamResponse;
      this.record = record;
      this.check = composed.check();
      this.passages = composed.passages();
      this.citations = new StreamedCitations(new Citations(passages), texts);
      this.abstention =
          new StreamAbstentionDetector(chatCall.target().abstention(), choices, texts);
      this.stream = EventStream.start(response, json);
    }

    void run() {
      try (UpstreamEvents events = new UpstreamEvents(upstreamResponse)) {
        boolean goesOn = true;
        while (goesOn) {
          goesOn = onNext(events.next());
        }
      } catch (IOException disconnected) {
        upstreamResponse.cancel();
        // A client that disconnects says nothing about the arm that was answering.
        record.recordEnd(Status.ABANDONED, null);
      }
    }

    /**
     * Handles the next part of the stream.
     *
     * @return whether the stream goes on
     */
    private boolean onNext(UpstreamEvents.Next next) throws IOException {
      return switch (next) {
        case UpstreamEvents.Silence _, UpstreamEvents.Comment _ -> {
          stream.sendComment();
          yield true;
        }
        case UpstreamEvents.Broken(IOException cause) -> onBroken(cause);
        case UpstreamEvents.End _ -> onEnd();
        case UpstreamEvents.Event(String data) ->
            onPieces(upstreamResponse.translation().read(data));
      };
    }

    /**
     * Handles the pieces of an event.
     *
     * @return whether the stream goes on
     */
    private boolean onPieces(List<StreamTranslation.Piece> pieces) throws IOException {
      for (StreamTranslation.Piece piece : pieces) {
        boolean goesOn =
            switch (piece) {
              case StreamTranslation.Chunk(ObjectNode chunk) -> onChunk(chunk);
              case StreamTranslation.Done _ -> answered ? endAnswer() : fail(malformed());
              case StreamTranslation.Malformed _ -> fail(malformed());
            };
        if (!goesOn) {
          return false;
        }
      }
      return true;
    }

    private boolean onChunk(ObjectNode chunk) throws IOException {
      JsonNode error = chunk.path("error");
      if (error.isObject()) {
        return fail(providers.failureFromError(model, error));
      }
      JsonNode choices = chunk.path("choices");
      JsonNode usage = chunk.path("usage");
      if (!choices.isArray() && !usage.isObject()) {
        return fail(malformed());
      }
      upstreamResponse.reportSuccess();
      answered |= !choices.isEmpty();
      AnswerExtension.removeForged(chunk);
      record.addSent(chunk);
      if (readsTexts()) {
        texts.add(chunk);
      }
      abstention.readChunk(chunk);
      if (citations.annotate(chunk)) {
        addPassages(chunk);
      }
      if (usage.isObject() && !chatCall.chat().includeUsage()) {
        chunk.remove("usage");
        if (choices.isEmpty()) {
          return true;
        }
      }
      send(chunk);
      return true;
    }

    /** Returns whether anything reads the texts of the choices at their end. */
    private boolean readsTexts() {
      return check.schema() != null
          || !passages.isEmpty()
          || chatCall.target().abstention() != null;
    }

    private void send(ObjectNode chunk) throws IOException {
      chunk
          .put("id", chatCall.responseId())
          .put("created", chatCall.created())
          .put("model", chatCall.chat().model());
      stream.sendEvent(chunk);
    }

    /** Adds the passages to a chunk that ends a choice, where the caller requested them. */
    private void addPassages(ObjectNode chunk) {
      if (chatCall.includesPassages()) {
        AnswerExtension.writePassages(chunk, passages);
      }
    }

    /** Sends the citations and the abstention that remain when a provider ended no choice. */
    private void sendRest() throws IOException {
      Optional<ArrayNode> rest = citations.remainingChoices();
      if (rest.isPresent() || abstention.mustStillWriteAbstained()) {
        ObjectNode chunk = json.createObjectNode().put("object", "chat.completion.chunk");
        chunk.set("choices", rest.orElseGet(json::createArrayNode));
        addPassages(chunk);
        if (abstention.mustStillWriteAbstained()) {
          abstention.writeAbstained(chunk);
        }
        send(chunk);
      }
    }

    /**
     * Records in the trace whether the stream was an abstention, as it is done for a whole answer.
     */
    private void recordAbstention() {
      if (chatCall.target().abstention() != null) {
        boolean abstains = abstention.isAbstention();
        chatCall
            .steps()
            .record(
                TraceSteps.Kind.CHECK,
                System.nanoTime(),
                Map.of("abstained", Boolean.toString(abstains)));
        if (abstains) {
          record.markAbstained();
        }
      }
    }

    private boolean onBroken(IOException cause) throws IOException {
      log.warn(
          "The stream of model {} for request {} broke. The caller gets an error in the stream: {}",
          chatCall.target().name(),
          chatCall.context().requestId(),
          cause.toString());
      if (upstreamResponse.pastDeadline() || cause instanceof SocketTimeoutException) {
        return fail(
            new OpenAiError(
                504,
                "provider_timeout",
                null,
                "The provider did not finish the stream in time; what arrived is not complete."));
      }
      return fail(
          new OpenAiError(
              502,
              "stream_broken",
              null,
              "The connection to the provider broke before the stream's end; send the request"
                  + " again."));
    }

    /** Handles the end of the stream. Some providers end it without a last {@code [DONE]}. */
    private boolean onEnd() throws IOException {
      if (!onPieces(upstreamResponse.translation().end())) {
        return false;
      }
      if (record.hasFinishReason()) {
        return endAnswer();
      }
      return fail(
          new OpenAiError(
              502,
              "stream_broken",
              null,
              "The provider ended the stream before the answer's end; send the request again."));
    }

    /**
     * Ends a complete answer. The call is recorded first, because an answer that is not recorded
     * must not be completed. An answer that breaks the response format is a failure of the model,
     * not of its provider.
     */
    private boolean endAnswer() throws IOException {
      Optional<OpenAiError> invalid = check.violation(texts).map(OpenAiError::invalidOutput);
      if (invalid.isEmpty()) {
        recordAbstention();
      }
      Optional<JournalFailure> unrecorded =
          record.recordEnd(
              invalid.isPresent() ? Status.ERROR : Status.OK,
              invalid.map(OpenAiError::code).orElse(null));
      if (unrecorded.isPresent()) {
        stream.sendError(OpenAiError.unrecorded(unrecorded.get()));
      } else if (invalid.isPresent()) {
        stream.sendError(invalid.get());
      } else {
        sendRest();
        stream.sendDone();
      }
      return false;
    }

    private boolean fail(UpstreamException failure) throws IOException {
      return fail(
          new OpenAiError(
              failure.status(), failure.code(), null, String.valueOf(failure.getMessage())),
          failure.providerMessage());
    }

    private boolean fail(OpenAiError error) throws IOException {
      return fail(error, null);
    }

    private boolean fail(OpenAiError error, @Nullable String words) throws IOException {
      boolean refused = !answered && CallRecorder.isTooLong(error.code());
      if (!refused) {
        upstreamResponse.reportFailure();
      }
      record.recordEnd(refused ? Status.REFUSED : Status.ERROR, error.code(), words);
      stream.sendError(error);
      return false;
    }

    private UpstreamException malformed() {
      return providers.malformedAnswerFailure(model);
    }
  }
}
