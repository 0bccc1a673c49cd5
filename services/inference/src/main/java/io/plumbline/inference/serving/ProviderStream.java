package io.plumbline.inference.serving;

import io.plumbline.inference.provider.ProviderClient;
import io.plumbline.inference.provider.ProviderModel;
import io.plumbline.inference.provider.Upstream;
import io.plumbline.inference.serving.Call.CacheUse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** Relays a provider's stream as it arrives, under the call's own id. */
@Component
class ProviderStream {

  private static final Logger log = LoggerFactory.getLogger(ProviderStream.class);

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
    Tokens tokens = new Tokens();
    boolean failed = true;
    try (Upstream upstream = providers.open(model, Backends.CHAT, request)) {
      ResponseHeaders.streaming(call, response);
      failed = !relay(call, upstream, EventStream.start(response, json), tokens);
    } finally {
      recorder.record(
          call,
          new Call.Result(
              failed,
              CacheUse.BYPASS,
              tokens.input,
              tokens.output,
              recorder.cost(call, tokens.input, tokens.output)));
    }
  }

  /**
   * @return false when the provider ended the stream too early
   */
  private boolean relay(Call call, Upstream upstream, EventStream stream, Tokens tokens)
      throws IOException {
    try (UpstreamLines lines = new UpstreamLines(upstream)) {
      while (true) {
        switch (lines.next()) {
          case UpstreamLines.Silence silence -> stream.comment();
          case UpstreamLines.Broken broken -> {
            log.warn("The stream of {} broke: {}", call.target().name(), broken.cause().toString());
            stream.error(brokenStream("The provider broke the stream off."));
            return false;
          }
          case UpstreamLines.End end -> {
            stream.error(brokenStream("The provider ended the stream without [DONE]."));
            return false;
          }
          case UpstreamLines.Line(String text)
              when text.equals("data: [DONE]") || text.equals("data:[DONE]") -> {
            stream.done();
            return true;
          }
          case UpstreamLines.Line(String text) when text.startsWith("data:") ->
              relay(call, text.substring("data:".length()), stream, tokens);
          case UpstreamLines.Line(String text) when text.startsWith(":") -> stream.comment();
          case UpstreamLines.Line other -> {}
        }
      }
    } catch (IOException disconnected) {
      upstream.cancel();
      // A client that disconnects says nothing about the arm that was answering.
      return true;
    }
  }

  private static OpenAiError brokenStream(String message) {
    return new OpenAiError(502, "stream_broken", null, message);
  }

  private void relay(Call call, String data, EventStream stream, Tokens tokens) throws IOException {
    if (!(parse(data) instanceof ObjectNode chunk)) {
      return;
    }
    JsonNode usage = chunk.path("usage");
    if (usage.isObject()) {
      tokens.input = usage.path("prompt_tokens").asLong(0);
      tokens.output = usage.path("completion_tokens").asLong(0);
      if (!call.chat().includeUsage()) {
        chunk.remove("usage");
        if (chunk.path("choices").isEmpty()) {
          return;
        }
      }
    }
    chunk
        .put("id", call.responseId())
        .put("created", call.created())
        .put("model", call.chat().model());
    stream.event(chunk);
  }

  /** Data that is not JSON is dropped, because it is not of the protocol. */
  private JsonNode parse(String data) {
    try {
      return json.readTree(data);
    } catch (JacksonException e) {
      return NullNode.getInstance();
    }
  }

  /** The usage that the stream reports. */
  private static final class Tokens {
    long input;
    long output;
  }
}
