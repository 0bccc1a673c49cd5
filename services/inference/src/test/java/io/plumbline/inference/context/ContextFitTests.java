package io.plumbline.inference.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.prompttemplate.rendering.RenderedPrompt.Span;
import io.plumbline.prompttemplate.tokens.TokenCounter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class ContextFitTests {

  private static final String MODEL = "gpt-4o";
  private static final String LONG = "wonderful weather ".repeat(50);

  @Test
  void what_is_far_from_the_window_is_not_counted() {
    ComposedRequest request = chat("Stay calm.", List.of(message("user", "Hi")));

    ContextFitResult contextFitResult =
        ContextFit.fit(request, MODEL, 128_000, ContextOverflowPolicy.REFUSE);

    assertThat(contextFitResult).isInstanceOf(ContextFitResult.Fits.class);
    assertThat(((ContextFitResult.Fits) contextFitResult).request()).isSameAs(request.body());
    assertThat(contextFitResult.details().get("tokens")).startsWith("at most ");
  }

  @Test
  void a_request_that_fits_exactly_is_asked_and_one_token_less_refuses_it() {
    ComposedRequest request = chat("Stay calm.", List.of(message("user", LONG)));
    request.body().put("max_tokens", 30);
    long tokens = TokenCounter.of(MODEL).count(request.body(), 10_000).count();

    ContextFitResult fits =
        ContextFit.fit(request, MODEL, tokens + 30, ContextOverflowPolicy.REFUSE);
    ContextFitResult tooLong =
        ContextFit.fit(request, MODEL, tokens + 29, ContextOverflowPolicy.REFUSE);

    assertThat(fits.details()).containsEntry("tokens", Long.toString(tokens));
    assertThat(fits).isInstanceOf(ContextFitResult.Fits.class);
    assertThat(tooLong)
        .isEqualTo(
            new ContextFitResult.TooLong(
                ContextFitResult.Fault.CALLER,
                ("This model's maximum context length is %d tokens, and this call takes more: at"
                        + " least %d of messages and what comes with them, and 30 that are reserved"
                        + " for the answer. Send fewer or shorter messages, or ask for a shorter"
                        + " answer.")
                    .formatted(tokens + 29, tokens),
                tooLong.details()));
  }

  @Test
  void an_estimate_is_named_as_one() {
    ComposedRequest request = chat("Stay calm.", List.of(message("user", LONG)));

    ContextFitResult contextFitResult =
        ContextFit.fit(request, "claude-sonnet-4-5", 50, ContextOverflowPolicy.REFUSE);

    assertThat(((ContextFitResult.TooLong) contextFitResult).message()).contains("at least about ");
  }

  @Test
  void what_was_retrieved_stays_before_the_question_when_turns_are_dropped() {
    ComposedRequest request =
        chat(
                "Stay calm.",
                List.of(message("user", LONG), message("assistant", LONG), message("user", "Two")))
            .withInstruction("[1] A");

    ContextFitResult contextFitResult =
        ContextFit.fit(request, MODEL, 100, ContextOverflowPolicy.TRIM_HISTORY);

    ContextFitResult.Fits fits = (ContextFitResult.Fits) contextFitResult;
    assertThat(fits.dropped()).isEqualTo(2);
    assertThat(fits.request().path("messages"))
        .extracting(each -> each.path("content").asString())
        .containsExactly("Stay calm.", "[1] A", "Two", "Go.");
  }

  @Test
  void the_oldest_turns_are_dropped_until_it_fits() {
    List<ObjectNode> conversation =
        List.of(
            message("user", LONG),
            message("assistant", LONG),
            message("user", "Two"),
            message("assistant", "2"),
            message("user", "Three"));
    ComposedRequest request = chat("Stay calm.", conversation);

    ContextFitResult contextFitResult =
        ContextFit.fit(request, MODEL, 100, ContextOverflowPolicy.TRIM_HISTORY);

    ContextFitResult.Fits fits = (ContextFitResult.Fits) contextFitResult;
    assertThat(fits.dropped()).isEqualTo(2);
    assertThat(contents(fits.request())).containsExactly("Stay calm.", "Two", "2", "Three", "Go.");
    assertThat(fits.request().path("temperature").asInt(-1)).isZero();
    assertThat(contents(request.body())).hasSize(7);
  }

  @Test
  void a_variant_that_is_too_long_by_itself_is_at_fault() {
    ComposedRequest request = chat(LONG, List.of(message("user", "Hi")));

    for (ContextOverflowPolicy contextOverflowPolicy : ContextOverflowPolicy.values()) {
      assertThat(
              ((ContextFitResult.TooLong) ContextFit.fit(request, MODEL, 80, contextOverflowPolicy))
                  .fault())
          .isEqualTo(ContextFitResult.Fault.VARIANT);
    }
  }

  @Test
  void a_last_turn_that_is_too_long_by_itself_is_refused() {
    ComposedRequest request =
        chat("Stay calm.", List.of(message("user", "Hi"), message("user", LONG)));

    assertThat(
            ((ContextFitResult.TooLong)
                    ContextFit.fit(request, MODEL, 80, ContextOverflowPolicy.TRIM_HISTORY))
                .fault())
        .isEqualTo(ContextFitResult.Fault.CALLER);
  }

  /** Tries random conversations and windows. */
  @Test
  void what_is_trimmed_fits_and_keeps_the_last_question_and_each_result_with_its_call() {
    Random random = new Random(20_261_127);
    TokenCounter counter = TokenCounter.of(MODEL);
    int trimmed = 0;
    int refused = 0;
    for (int i = 0; i < 500; i++) {
      List<ObjectNode> conversation = conversation(random);
      ComposedRequest request = chat("Stay calm.", conversation);
      request.body().put("max_completion_tokens", 1 + random.nextInt(20));
      long reserved = request.body().path("max_completion_tokens").asLong();
      long window = 40L + random.nextInt(400);
      switch (ContextFit.fit(request, MODEL, window, ContextOverflowPolicy.TRIM_HISTORY)) {
        case ContextFitResult.Fits(ObjectNode fitting, int dropped, var _) -> {
          assertThat(counter.count(fitting, 100_000).count() + reserved)
              .isLessThanOrEqualTo(window);
          List<JsonNode> kept = fitting.path("messages").valueStream().toList();
          assertThat(kept).hasSize(conversation.size() + 2 - dropped);
          assertThat(kept.getFirst().path("content").asString()).isEqualTo("Stay calm.");
          assertThat(kept.getLast().path("content").asString()).isEqualTo("Go.");
          List<JsonNode> callers = kept.subList(1, kept.size() - 1);
          assertThat(conversation).containsSubsequence(callers.toArray(ObjectNode[]::new));
          assertThat(callers).containsAll(instructions(conversation));
          lastOfUser(conversation).forEach(last -> assertThat(callers).contains(last));
          assertThat(orphans(callers)).isEmpty();
          trimmed += dropped > 0 ? 1 : 0;
        }
        case ContextFitResult.TooLong _ -> {
          assertThat(counter.count(request.body(), 100_000).count() + reserved)
              .isGreaterThan(window);
          refused++;
        }
      }
    }
    // Enough requests must have been trimmed or refused for the comparison to mean anything.
    assertThat(trimmed).isGreaterThan(100);
    assertThat(refused).isBetween(10, 300);
  }

  private static List<ObjectNode> conversation(Random random) {
    List<ObjectNode> messages = new ArrayList<>();
    int turns = random.nextInt(8);
    for (int turn = 0; turn < turns; turn++) {
      if (random.nextInt(5) == 0) {
        messages.add(message("system", "Rule " + turn));
      }
      messages.add(message("user", "Turn " + turn + " " + words(random)));
      if (random.nextInt(2) == 0) {
        String id = "call " + turn;
        ObjectNode call = message("assistant", "");
        call.putArray("tool_calls").addObject().put("id", id);
        messages.add(call);
        // Some results arrive late, after the user said something else.
        if (random.nextInt(4) == 0) {
          messages.add(message("user", "Late " + turn));
        }
        messages.add(message("tool", words(random)).put("tool_call_id", id));
      }
      messages.add(message("assistant", words(random)));
    }
    messages.add(message("user", "Last " + words(random)));
    return messages;
  }

  private static String words(Random random) {
    return String.join(" ", Collections.nCopies(random.nextInt(30), "word"));
  }

  private static List<ObjectNode> instructions(List<ObjectNode> conversation) {
    return conversation.stream()
        .filter(message -> message.path("role").asString().equals("system"))
        .toList();
  }

  private static List<ObjectNode> lastOfUser(List<ObjectNode> conversation) {
    return conversation.reversed().stream()
        .filter(message -> message.path("role").asString().equals("user"))
        .limit(1)
        .toList();
  }

  private static List<String> orphans(List<JsonNode> messages) {
    Set<String> calls = new HashSet<>();
    List<String> orphans = new ArrayList<>();
    for (JsonNode message : messages) {
      message.path("tool_calls").forEach(call -> calls.add(call.path("id").asString()));
      String answered = message.path("tool_call_id").asString("");
      if (!answered.isEmpty() && !calls.contains(answered)) {
        orphans.add(answered);
      }
    }
    return orphans;
  }

  /** Returns a prompt with the caller's messages between two of its own. */
  private static ComposedRequest chat(String system, List<ObjectNode> conversation) {
    ObjectNode body = JsonMapper.shared().createObjectNode().put("temperature", 0);
    ArrayNode messages = body.putArray("messages").add(message("system", system));
    conversation.forEach(messages::add);
    messages.add(message("system", "Go."));
    return new ComposedRequest(body, new Span(1, 1 + conversation.size()));
  }

  private static List<String> contents(ObjectNode request) {
    return request
        .path("messages")
        .valueStream()
        .map(message -> message.path("content").asString())
        .toList();
  }

  private static ObjectNode message(String role, String content) {
    return JsonMapper.shared().createObjectNode().put("role", role).put("content", content);
  }
}
