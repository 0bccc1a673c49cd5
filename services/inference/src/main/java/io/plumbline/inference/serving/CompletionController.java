package io.plumbline.inference.serving;

import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.ledger.LedgerExempt;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
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

  private static final int MAX_NAMES = 1_000;

  private final CompletionService desk;
  private final Streams streams;
  private final Admission admission;
  private final JsonMapper json;
  private final Clock clock;

  CompletionController(
      CompletionService desk, Streams streams, Admission admission, JsonMapper json, Clock clock) {
    this.desk = desk;
    this.streams = streams;
    this.admission = admission;
    this.json = json;
    this.clock = clock;
  }

  /**
   * Written to the response by hand: headers tell what became of the call, and a stream is written
   * as it comes.
   */
  @Operation(
      summary = "Complete a chat (OpenAI protocol), as JSON or as a stream of server-sent events")
  @PostMapping("/v1/chat/completions")
  @PreAuthorize("hasRole('VIEWER')")
  @LedgerExempt
  public void complete(
      @RequestBody byte[] body,
      @RequestHeader(name = "x-plumbline-cache", required = false) @Nullable String cache,
      HttpServletResponse response)
      throws IOException {
    long begun = System.nanoTime();
    try (Admission.Place _ = admission.enter()) {
      answer(body, cache, begun, response);
    }
  }

  private void answer(byte[] body, @Nullable String cache, long begun, HttpServletResponse response)
      throws IOException {
    ChatRequest chat = ChatRequest.read(body, json);
    Call call = desk.accept(chat, begun);
    // Services measure: what they ask is answered by the model, never from memory.
    boolean bypass = Caller.current().service() || CompletionService.BYPASS.equals(cache);
    long created = clock.instant().getEpochSecond();
    if (chat.stream() && call.target().backend() instanceof Target.External outside) {
      streams.relay(call, outside.model(), created, response);
      return;
    }
    CompletionService.Served served = desk.complete(call, bypass);
    describe(call, served, response);
    if (chat.stream()) {
      streams.write(call, served.completion(), created, response);
      return;
    }
    ObjectNode answer = json.createObjectNode();
    answer.put("id", call.responseId()).put("created", created).put("model", chat.model());
    answer.setAll(served.completion().body());
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    byte[] bytes = json.writeValueAsBytes(answer);
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }

  private static void describe(
      Call call, CompletionService.Served served, HttpServletResponse response) {
    Call.Result result = served.result();
    describe(call, response);
    response.setHeader("x-plumbline-cache", result.cache());
    response.setHeader(
        "x-plumbline-cost",
        result.cost().amount().toPlainString() + " " + result.cost().currency());
    if (!served.completion().truncated().isEmpty()) {
      response.setHeader(
          "x-plumbline-truncated", String.join(",", served.completion().truncated()));
    }
    response.setHeader(
        "x-plumbline-overhead-ms",
        String.format(Locale.ROOT, "%.2f", call.millisSince(served.completion().modelNanos())));
  }

  /** What is known before there is an answer. */
  static void describe(Call call, HttpServletResponse response) {
    String trace = MDC.get("traceId");
    response.setHeader("x-plumbline-trace", trace == null ? call.responseId() : trace);
    if (call.target().variantDigest() != null) {
      response.setHeader("x-plumbline-variant", call.target().variantDigest().hex());
    }
    if (!call.ignored().isEmpty()) {
      response.setHeader("x-plumbline-ignored", named(call.ignored()));
    }
  }

  /** As much as a header holds: an answer must not fail for what it leaves away. */
  private static String named(List<String> ignored) {
    String names = String.join(",", ignored).replaceAll("[^\\x20-\\x7e]", "?");
    return names.length() <= MAX_NAMES ? names : names.substring(0, MAX_NAMES) + "...";
  }
}
