package io.plumbline.inference.context;

import io.plumbline.prompttemplate.tokens.TokenCounter;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks a request against the context window of its model before the model is called. Room is
 * reserved for the longest answer that the request allows. Counting stops as soon as the request is
 * too long.
 */
public final class ContextFit {

  /** The room that is reserved for an answer whose length nobody limits, in tokens. */
  private static final int SHORTEST_ANSWER = 1;

  /** The beginning of OpenAI's message. By it litellm, and therefore dspy, recognises the error. */
  private static final String WINDOW = "This model's maximum context length is %d tokens";

  private final ComposedRequest request;
  private final TokenCounter counter;
  private final long window;
  private final long reserved;
  private final long room;

  private ContextFit(ComposedRequest request, String model, long window) {
    this.request = request;
    this.counter = TokenCounter.of(model);
    this.window = window;
    this.reserved = reservedForAnswer(request.body());
    this.room = window - reserved;
  }

  /**
   * Checks a request, and shortens it where the variant allows that.
   *
   * @param model the model's name at its provider
   * @param window the context window in tokens, those of the answer included
   */
  public static ContextFitResult fit(
      ComposedRequest request,
      String model,
      long window,
      ContextOverflowPolicy contextOverflowPolicy) {
    return new ContextFit(request, model, window).fit(contextOverflowPolicy);
  }

  private ContextFitResult fit(ContextOverflowPolicy contextOverflowPolicy) {
    long most = TokenCounter.upperBound(request.body());
    if (most <= room) {
      return new ContextFitResult.Fits(request.body(), 0, details("at most " + most));
    }
    List<ObjectNode> messages = request.messages();
    int from = request.callers().from();
    int to = request.callers().to();
    List<ObjectNode> callers = messages.subList(from, to);
    long own =
        addTokens(
            counter.countOutsideMessages(request.body(), window),
            Stream.concat(
                    messages.subList(0, from).stream(),
                    messages.subList(to, messages.size()).stream())
                .toList(),
            window);
    if (own > window - SHORTEST_ANSWER) {
      return tooLongRequest(own, ContextFitResult.Fault.VARIANT);
    }
    if (own > room) {
      return tooLongRequest(own, ContextFitResult.Fault.ANSWER);
    }
    return switch (contextOverflowPolicy) {
      case REFUSE -> fitUntrimmed(own, callers);
      case TRIM_HISTORY -> fitTrimmed(own, callers);
    };
  }

  private ContextFitResult fitUntrimmed(long own, List<ObjectNode> callers) {
    long all = addTokens(own, callers, room);
    if (all > room) {
      return tooLongRequest(all, ContextFitResult.Fault.CALLER);
    }
    return fittingRequest(all, callers, callers);
  }

  /** Keeps as many of the newest turns as fit. Older turns are not even counted. */
  private ContextFitResult fitTrimmed(long own, List<ObjectNode> callers) {
    Turns turns = new Turns(callers);
    long tokens = addTokens(own, callers.stream().filter(Turns::isInstruction).toList(), room);
    long fitting = 0;
    int kept = -1;
    int counted = callers.size();
    for (int beginning : turns.candidateStarts()) {
      tokens =
          addTokens(
              tokens,
              callers.subList(beginning, counted).stream()
                  .filter(message -> !Turns.isInstruction(message))
                  .toList(),
              room);
      if (tokens > room) {
        break;
      }
      counted = beginning;
      kept = beginning;
      fitting = tokens;
    }
    if (kept < 0) {
      return tooLongRequest(tokens, ContextFitResult.Fault.CALLER);
    }
    return fittingRequest(fitting, callers, turns.messagesFrom(kept));
  }

  /** Adds the tokens of messages to a count; stops once the count exceeds the limit. */
  private long addTokens(long before, Collection<? extends JsonNode> messages, long limit) {
    long tokens = before;
    for (JsonNode message : messages) {
      if (tokens > limit) {
        return tokens;
      }
      tokens += counter.countMessage(message, limit - tokens);
    }
    return tokens;
  }

  private ContextFitResult fittingRequest(
      long tokens, List<ObjectNode> callers, List<ObjectNode> kept) {
    int dropped = callers.size() - kept.size();
    Map<String, String> details = new HashMap<>(details(describeCount(tokens)));
    if (dropped == 0) {
      return new ContextFitResult.Fits(request.body(), 0, details);
    }
    details.put("trimmed", Integer.toString(dropped));
    return new ContextFitResult.Fits(request.withConversation(kept), dropped, details);
  }

  private ContextFitResult tooLongRequest(long tokens, ContextFitResult.Fault fault) {
    String count = describeCount(tokens);
    return new ContextFitResult.TooLong(
        fault,
        (WINDOW
                + ", and this call takes more: %s of messages and what comes with them, and %d that"
                + " are reserved for the answer. %s")
            .formatted(window, count, reserved, remedyFor(fault)),
        details(count));
  }

  private static String remedyFor(ContextFitResult.Fault fault) {
    return switch (fault) {
      case CALLER -> "Send fewer or shorter messages, or ask for a shorter answer.";
      case ANSWER -> "Ask for a shorter answer.";
      case VARIANT ->
          "That is without the caller's messages: release a variant with a shorter prompt, fewer"
              + " examples or a model that reads more.";
    };
  }

  /** Returns a count for people. A count that is too large is a minimum, since counting stopped. */
  private String describeCount(long tokens) {
    String count = (isEstimated() ? "about " : "") + tokens;
    if (tokens > room) {
      return "at least " + count;
    }
    return count;
  }

  private boolean isEstimated() {
    return counter.isEstimate(request.messages());
  }

  private Map<String, String> details(String tokens) {
    return Map.of(
        "tokens", tokens,
        "window", Long.toString(window),
        "reserved", Long.toString(reserved));
  }

  private static long reservedForAnswer(ObjectNode request) {
    return Stream.of("max_completion_tokens", "max_tokens")
        .map(request::path)
        .filter(JsonNode::isIntegralNumber)
        .mapToLong(limit -> Math.max(SHORTEST_ANSWER, limit.asLong()))
        .max()
        .orElse(SHORTEST_ANSWER);
  }
}
