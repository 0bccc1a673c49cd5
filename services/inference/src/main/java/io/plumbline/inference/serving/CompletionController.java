package io.plumbline.inference.serving;

import io.plumbline.inference.answer.AnswerExtension;
import io.plumbline.inference.answer.PassageInclusionGuard;
import io.plumbline.inference.serving.CompletionService.Served;
import io.plumbline.inference.variant.RetrievalToggle;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.ledger.LedgerExempt;
import io.plumbline.platform.security.CallingServices;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@RestController
class CompletionController {

  private static final String BYPASS = "bypass";

  private final CallResolver resolver;
  private final CompletionService completions;
  private final CompletionStreamWriter stream;
  private final ProviderStreamRelay providerStreamRelay;
  private final ConcurrencyLimiter concurrencyLimiter;
  private final JsonMapper json;

  CompletionController(
      CallResolver resolver,
      CompletionService completions,
      CompletionStreamWriter stream,
      ProviderStreamRelay providerStreamRelay,
      ConcurrencyLimiter concurrencyLimiter,
      JsonMapper json) {
    this.resolver = resolver;
    this.completions = completions;
    this.stream = stream;
    this.providerStreamRelay = providerStreamRelay;
    this.concurrencyLimiter = concurrencyLimiter;
    this.json = json;
  }

  /** Answers a call. It writes the response itself, because a stream is written as it arrives. */
  @Operation(summary = "Create a chat completion, as JSON or as a stream of server-sent events")
  @ApiResponse(
      responseCode = "200",
      description = "OK",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            schema = @Schema(type = "object", description = "chat.completion")),
        @Content(
            mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
            schema = @Schema(type = "string", description = "chat.completion.chunk events"))
      })
  @PostMapping("/v1/chat/completions")
  @PreAuthorize("hasRole('VIEWER')")
  @CallingServices("evaluation")
  @LedgerExempt
  public void createChatCompletion(
      @RequestBody byte[] body,
      @RequestHeader(name = ResponseHeaders.CACHE, required = false) @Nullable String cache,
      @RequestHeader(name = RetrievalToggle.HEADER, required = false) @Nullable String without,
      @RequestHeader(name = PassageInclusionGuard.HEADER, required = false)
          @Nullable String included,
      HttpServletResponse response)
      throws IOException {
    long started = System.nanoTime();
    try (ConcurrencyLimiter.Permit _ = concurrencyLimiter.acquire(Caller.current().workspace())) {
      answer(body, cache, without, included, started, response);
    }
  }

  private void answer(
      byte[] body,
      @Nullable String cache,
      @Nullable String without,
      @Nullable String included,
      long started,
      HttpServletResponse response)
      throws IOException {
    ChatRequest chat = ChatRequest.read(body, json);
    ChatCall chatCall = resolver.resolve(chat, without, included, started);
    if (chat.stream() && chatCall.target().backend() instanceof Target.External) {
      stream(chatCall, response);
      return;
    }
    // Services measure models, so they never get a cached answer.
    boolean bypass = chatCall.caller().service() || BYPASS.equals(cache);
    Served served = completions.complete(chatCall, bypass);
    if (chat.stream()) {
      stream(served, response);
    } else {
      ResponseHeaders.setForCompletion(served, response);
      write(served.call(), served.completion(), response);
    }
  }

  private void stream(ChatCall chatCall, HttpServletResponse response) throws IOException {
    switch (completions.beginStreaming(chatCall)) {
      case CompletionService.Streamed(var open, var composed) ->
          providerStreamRelay.relay(open, composed, response);
      case CompletionService.Whole(var served) -> stream(served, response);
    }
  }

  private void stream(Served served, HttpServletResponse response) throws IOException {
    ResponseHeaders.setForCompletion(served, response);
    stream.write(served.call(), served.completion(), response);
  }

  private void write(ChatCall chatCall, Completion completion, HttpServletResponse response)
      throws IOException {
    ObjectNode answer = json.createObjectNode();
    answer
        .put("id", chatCall.responseId())
        .put("created", chatCall.created())
        .put("model", chatCall.chat().model());
    answer.setAll(completion.body());
    if (chatCall.includesPassages()) {
      AnswerExtension.writePassages(answer, completion.passages());
    }
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    byte[] bytes = json.writeValueAsBytes(answer);
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }
}
