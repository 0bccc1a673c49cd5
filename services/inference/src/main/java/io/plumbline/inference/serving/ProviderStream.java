package io.plumbline.inference.serving;

import io.plumbline.inference.provider.EventData;
import io.plumbline.inference.provider.ProviderClient;
import io.plumbline.inference.provider.ProviderModel;
import io.plumbline.inference.provider.Upstream;
import io.plumbline.inference.provider.UpstreamException;
import io.plumbline.inference.serving.Call.CacheUse;
import io.plumbline.inference.variant.AnswerCheck;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** Relays a provider's stream as it arrives, under the call's own id. */
@Component
class ProviderStream {

  private static final Logger log = LoggerFactory.getLogger(ProviderStream.class);

  private static final String DONE = "[DONE]";

  private final ProviderClient providers;
  private final CallRecorder recorder;
  private final JsonMapper json;

  ProviderStream(ProviderClient providers, CallRecorder recorder, JsonMapper json) {
    this.providers = providers;
    this.recorder = recorder;
    this.json = json;
  }

  /** However the stream ends, the call is recorded once and the connection returned. */
  void relay(Call call, ProviderModel model, ObjectNode composed, HttpServletResponse response)
      throws IOException {
    ObjectNode request = composed.deepCopy();
    request.remove(ChatRequest.VARIABLES);
    request.put("stream", true);
    // Always requested, because usage is metered; passed on only to a caller that requested it.
    request.putObject("stream_options").put("include_usage", true);
    ProviderTokens tokens = new ProviderTokens(request);
    boolean failed = true;
    long input = 0;
    long output = 0;
    try (Upstream upstream = providers.open(model, ProviderClient.CHAT, request)) {
      ResponseHeaders.streaming(call, response);
      try {
        AnswerCheck check = AnswerCheck.of(call.target().variant(), request);
        failed = !new Relay(call, model, upstream, tokens, check, response).run();
      } finally {
        input = tokens.input();
        output = tokens.output();
      }
    } finally {
      recorder.record(
          call,
          new Call.Result(
              failed, CacheUse.BYPASS, input, output, recorder.cost(call, input, output)));
    }
  }

  /** One stream on its way. */
  private final class Relay {

    private final Call call;
    private final ProviderModel model;
    private final Upstream upstream;
    private final ProviderTokens tokens;
    private final AnswerCheck check;
    private final EventStream stream;
    private final EventData data = new EventData();
    private boolean answered;
    private boolean finished;

    Relay(
        Call call,
        ProviderModel model,
        Upstream upstream,
        ProviderTokens tokens,
        AnswerCheck check,
        HttpServletResponse response)
        throws IOException {
      this.call = call;
      this.model = model;
      this.upstream = upstream;
      this.tokens = tokens;
      this.check = check;
      this.stream = EventStream.start(response, json);
    }

    /**
     * @return false when the provider failed
     */
    boolean run() {
      try (UpstreamLines lines = new UpstreamLines(upstream)) {
        while (true) {
          Optional<Boolean> end = on(lines.next());
          if (end.isPresent()) {
            return end.get();
          }
        }
      } catch (IOException disconnected) {
        upstream.cancel();
        // A client that disconnects says nothing about the arm that was answering.
        return true;
      }
    }

    /**
     * @return whether the stream succeeded; empty while it goes on
     */
    private Optional<Boolean> on(UpstreamLines.Next next) throws IOException {
      return switch (next) {
        case UpstreamLines.Silence _ -> {
          stream.comment();
          yield Optional.empty();
        }
        case UpstreamLines.Broken(IOException cause) -> Optional.of(broken(cause));
        case UpstreamLines.End _ -> Optional.of(ended());
        case UpstreamLines.Line(String text) when text.startsWith(":") -> {
          stream.comment();
          yield Optional.empty();
        }
        case UpstreamLines.Line(String text) -> onEvent(data.add(text));
      };
    }

    private Optional<Boolean> onEvent(Optional<String> event) throws IOException {
      if (event.isEmpty()) {
        return Optional.empty();
      }
      if (event.get().equals(DONE)) {
        return Optional.of(answered ? done() : fail(malformed()));
      }
      return parse(event.get()) instanceof ObjectNode chunk
          ? onChunk(chunk)
          : Optional.of(fail(malformed()));
    }

    private Optional<Boolean> onChunk(ObjectNode chunk) throws IOException {
      JsonNode error = chunk.path("error");
      if (error.isObject()) {
        UpstreamException failure = providers.failed(model, error);
        return Optional.of(
            fail(new OpenAiError(502, failure.code(), null, String.valueOf(failure.getMessage()))));
      }
      JsonNode choices = chunk.path("choices");
      JsonNode usage = chunk.path("usage");
      if (!choices.isArray() && !usage.isObject()) {
        return Optional.of(fail(malformed()));
      }
      upstream.succeeded();
      answered |= !choices.isEmpty();
      tokens.sent(chunk);
      check.read(chunk);
      finished |= choices.valueStream().anyMatch(each -> each.path("finish_reason").isString());
      if (usage.isObject() && !call.chat().includeUsage()) {
        chunk.remove("usage");
        if (choices.isEmpty()) {
          return Optional.empty();
        }
      }
      chunk
          .put("id", call.responseId())
          .put("created", call.created())
          .put("model", call.chat().model());
      stream.event(chunk);
      return Optional.empty();
    }

    private boolean broken(IOException cause) throws IOException {
      log.warn("The stream of {} broke: {}", call.target().name(), cause.toString());
      if (upstream.pastDeadline() || cause instanceof SocketTimeoutException) {
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

    /** Some providers end a finished stream without a last {@code [DONE]}. */
    private boolean ended() throws IOException {
      Optional<Boolean> last = onEvent(data.end());
      if (last.isPresent()) {
        return last.get();
      }
      if (finished) {
        return done();
      }
      return fail(
          new OpenAiError(
              502, "stream_broken", null, "The provider ended the stream without [DONE]."));
    }

    /** An answer of another form than requested is the model's failure, not its provider's. */
    private boolean done() throws IOException {
      Optional<String> violation = check.violation();
      if (violation.isPresent()) {
        stream.error(OpenAiError.invalidOutput(violation.get()));
        return false;
      }
      stream.done();
      return true;
    }

    private boolean fail(OpenAiError error) throws IOException {
      upstream.failed();
      stream.error(error);
      return false;
    }

    private OpenAiError malformed() {
      return new OpenAiError(
          502,
          "provider_malformed",
          null,
          "The provider's stream does not follow the OpenAI protocol.");
    }
  }

  /** Missing when the data is not JSON. */
  private JsonNode parse(String data) {
    try {
      return json.readTree(data);
    } catch (JacksonException e) {
      return MissingNode.getInstance();
    }
  }
}
