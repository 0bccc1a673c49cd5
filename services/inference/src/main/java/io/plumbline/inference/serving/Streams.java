package io.plumbline.inference.serving;

import io.plumbline.contracts.Money;
import io.plumbline.inference.provider.ProviderCalls;
import io.plumbline.inference.provider.ProviderModel;
import io.plumbline.inference.provider.Upstream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers as server-sent events: a local model's in the protocol's steps, a provider's passed on as
 * it comes.
 */
@Component
class Streams {

  private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8);
  private static final byte[] ALIVE = ": \n\n".getBytes(StandardCharsets.UTF_8);

  private final CompletionService desk;
  private final ProviderCalls providers;
  private final JsonMapper json;

  Streams(CompletionService desk, ProviderCalls providers, JsonMapper json) {
    this.desk = desk;
    this.providers = providers;
    this.json = json;
  }

  /**
   * A whole answer in the protocol's steps: role, content, end, and usage where it was asked for.
   */
  void write(Call call, Completion completion, long created, HttpServletResponse response)
      throws IOException {
    OutputStream out = begin(response);
    for (JsonNode choice : completion.body().path("choices").values()) {
      int index = choice.path("index").asInt(0);
      delta(
          out,
          call,
          created,
          index,
          json.createObjectNode().put("role", "assistant").put("content", ""),
          null,
          null);
      ObjectNode content = json.createObjectNode();
      content.set("content", choice.path("message").path("content"));
      delta(out, call, created, index, content, choice.path("logprobs"), null);
      delta(
          out,
          call,
          created,
          index,
          json.createObjectNode(),
          null,
          choice.path("finish_reason").asString("stop"));
    }
    if (call.chat().includeUsage()) {
      ObjectNode chunk = chunk(call, created);
      chunk.putArray("choices");
      chunk.set("usage", completion.body().path("usage"));
      event(out, chunk);
    }
    out.write(DONE);
    out.flush();
  }

  /**
   * Frames as the provider sends them; whatever happens on the way, the call is counted once and
   * the connection given back.
   */
  void relay(Call call, ProviderModel model, long created, HttpServletResponse response)
      throws IOException {
    ObjectNode request = call.request().deepCopy();
    request.remove(ChatRequest.VARIABLES);
    request.put("stream", true);
    // Always asked for, because usage is metered; passed on only to who asked.
    request.putObject("stream_options").put("include_usage", true);
    Tokens tokens = new Tokens();
    boolean failed = true;
    try (Upstream upstream = providers.open(model, Backends.CHAT, request)) {
      CompletionController.describe(call, response);
      response.setHeader("x-plumbline-cache", CompletionService.BYPASS);
      response.setHeader(
          "x-plumbline-overhead-ms", String.format(Locale.ROOT, "%.2f", call.millisSince(0)));
      failed = !relay(call, created, upstream, begin(response), tokens);
    } finally {
      Money cost = desk.price(call, tokens.input, tokens.output);
      desk.finish(
          call,
          new Call.Result(failed, CompletionService.BYPASS, tokens.input, tokens.output, cost));
    }
  }

  /**
   * @return false when the provider broke off
   */
  private boolean relay(Call call, long created, Upstream upstream, OutputStream out, Tokens tokens)
      throws IOException {
    try (Lines lines = new Lines(upstream)) {
      while (true) {
        switch (lines.next()) {
          case Lines.Silence silence -> alive(out);
          case Lines.Broken broken -> {
            event(
                out,
                json.valueToTree(
                    OpenAiErrors.body(
                        new OpenAiError(
                            502,
                            "stream_broken",
                            null,
                            "The provider broke off. " + broken.why()))));
            return false;
          }
          case Lines.End end -> {
            event(
                out,
                json.valueToTree(
                    OpenAiErrors.body(
                        new OpenAiError(
                            502, "stream_broken", null, "The provider ended without [DONE]."))));
            return false;
          }
          case Lines.Line(String text)
              when text.equals("data: [DONE]") || text.equals("data:[DONE]") -> {
            out.write(DONE);
            out.flush();
            return true;
          }
          case Lines.Line(String text) when text.startsWith("data:") ->
              frame(call, created, text.substring("data:".length()), out, tokens);
          case Lines.Line(String text) when text.startsWith(":") -> alive(out);
          case Lines.Line other -> {}
        }
      }
    } catch (IOException clientGone) {
      upstream.cancel();
      // Who leaves early says nothing about the arm that was answering.
      return true;
    }
  }

  /**
   * Something is written even when the provider says nothing: only so is a client noticed that has
   * gone.
   */
  private static void alive(OutputStream out) throws IOException {
    out.write(ALIVE);
    out.flush();
  }

  private void frame(Call call, long created, String data, OutputStream out, Tokens tokens)
      throws IOException {
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
    chunk.put("id", call.responseId()).put("created", created).put("model", call.chat().model());
    event(out, chunk);
  }

  /**
   * A frame that is no JSON is dropped: what it meant to say cannot be passed on as the protocol's.
   */
  private JsonNode parse(String data) {
    try {
      return json.readTree(data);
    } catch (JacksonException e) {
      return NullNode.getInstance();
    }
  }

  private static OutputStream begin(HttpServletResponse response) throws IOException {
    response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
    response.setCharacterEncoding("UTF-8");
    response.setHeader("Cache-Control", "no-store");
    // For proxies that would otherwise collect the stream before passing it on.
    response.setHeader("X-Accel-Buffering", "no");
    return response.getOutputStream();
  }

  private void delta(
      OutputStream out,
      Call call,
      long created,
      int index,
      ObjectNode delta,
      @Nullable JsonNode logprobs,
      @Nullable String finish)
      throws IOException {
    ObjectNode chunk = chunk(call, created);
    ObjectNode choice = chunk.putArray("choices").addObject();
    choice.put("index", index);
    choice.set("delta", delta);
    if (logprobs == null) {
      choice.putNull("logprobs");
    } else {
      choice.set("logprobs", logprobs);
    }
    choice.put("finish_reason", finish);
    if (call.chat().includeUsage()) {
      chunk.putNull("usage");
    }
    event(out, chunk);
  }

  private ObjectNode chunk(Call call, long created) {
    return json.createObjectNode()
        .put("id", call.responseId())
        .put("object", "chat.completion.chunk")
        .put("created", created)
        .put("model", call.chat().model());
  }

  private void event(OutputStream out, JsonNode data) throws IOException {
    out.write("data: ".getBytes(StandardCharsets.UTF_8));
    out.write(json.writeValueAsBytes(data));
    out.write("\n\n".getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** What a stream says it used. */
  private static final class Tokens {
    long input;
    long output;
  }
}
