package io.plumbline.inference.provider.protocol;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Translates an answer of {@code generateContent} into a chat completion. */
final class GeminiAnswer {

  static final String SIGNATURE = "thoughtSignature";

  /**
   * The place in a tool call for the signature of the thought that led to it, which the model
   * requires back. Google's own OpenAI-compatible endpoint has it in the same place.
   */
  static final JsonPointer SIGNATURE_OF_CALL =
      JsonPointer.compile("/extra_content/google/thought_signature");

  /** The counts of tokens that are read. */
  static final Set<String> COUNTS =
      Set.of(
          "promptTokenCount",
          "toolUsePromptTokenCount",
          "thoughtsTokenCount",
          "candidatesTokenCount",
          "cachedContentTokenCount");

  private GeminiAnswer() {}

  /** Returns the chat completion; empty when the body is no answer. */
  static Optional<ObjectNode> translated(ObjectNode body) {
    JsonNode candidates = body.path("candidates");
    boolean blocked = candidates.isEmpty() && isBlocked(body);
    if (!blocked && !areComplete(candidates)) {
      return Optional.empty();
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("object", "chat.completion");
    answer.put("id", body.path("responseId").asString(""));
    answer.put("model", body.path("modelVersion").asString(""));
    ArrayNode choices = answer.putArray("choices");
    if (blocked) {
      writeChoice(body.path("promptFeedback"), choices.addObject());
    }
    candidates.forEach(candidate -> writeChoice(candidate, choices.addObject()));
    usage(body.path("usageMetadata")).ifPresent(usage -> answer.set("usage", usage));
    return Optional.of(answer);
  }

  static boolean isBlocked(JsonNode body) {
    return body.path("promptFeedback").path("blockReason").isString();
  }

  private static boolean areComplete(JsonNode candidates) {
    return candidates.isArray()
        && !candidates.isEmpty()
        && candidates
            .valueStream()
            .allMatch(candidate -> candidate.path("finishReason").isString());
  }

  /**
   * Writes a choice.
   *
   * @param candidate the candidate, or the feedback on a prompt that was blocked
   */
  private static void writeChoice(JsonNode candidate, ObjectNode choice) {
    StringBuilder text = new StringBuilder();
    ArrayNode calls = JsonNodeFactory.instance.arrayNode();
    for (JsonNode part : candidate.path("content").path("parts").values()) {
      text.append(shownText(part));
      if (isCall(part)) {
        writeToolCall(calls.addObject(), part);
      }
    }
    choice.put("index", candidate.path("index").asInt(0));
    ObjectNode said = choice.putObject("message").put("role", "assistant");
    if (text.isEmpty() && !calls.isEmpty()) {
      said.putNull("content");
    } else {
      said.put("content", text.toString());
    }
    refusalText(candidate)
        .ifPresentOrElse(refusal -> said.put("refusal", refusal), () -> said.putNull("refusal"));
    if (!calls.isEmpty()) {
      said.set("tool_calls", calls);
    }
    choice.set("logprobs", logprobs(candidate));
    choice.put("finish_reason", finishReason(candidate, !calls.isEmpty()));
  }

  /** Returns the text of a part for the caller; empty for thoughts and code that the model runs. */
  static String shownText(JsonNode part) {
    return part.path("thought").asBoolean(false) ? "" : part.path("text").asString("");
  }

  static boolean isCall(JsonNode part) {
    return part.path("functionCall").isObject();
  }

  /** Writes a tool call. Calls of older models have no ids, so they get new ones. */
  static void writeToolCall(ObjectNode call, JsonNode part) {
    JsonNode made = part.path("functionCall");
    JsonNode args = made.path("args");
    call.put("id", made.path("id").asString("call_" + UUID.randomUUID())).put("type", "function");
    call.putObject("function")
        .put("name", made.path("name").asString(""))
        .put("arguments", args.isObject() ? args.toString() : "{}");
    if (part.path(SIGNATURE).isString()) {
      call.putObject("extra_content")
          .putObject("google")
          .set("thought_signature", part.path(SIGNATURE));
    }
  }

  /**
   * Returns the refusal for a blocked prompt, and for an answer that ended neither by itself nor by
   * its length, so that its incomplete text is not taken for the whole; empty for other answers.
   */
  static Optional<String> refusalText(JsonNode candidate) {
    if (candidate.path("blockReason").isString()) {
      return Optional.of(
          "The provider blocked the prompt: " + candidate.path("blockReason").asString() + ".");
    }
    String reason = candidate.path("finishReason").asString("");
    return switch (reason) {
      case "STOP", "MAX_TOKENS" -> Optional.empty();
      default -> {
        String said = candidate.path("finishMessage").asString("");
        yield Optional.of(
            "The provider ended the answer: %s%s"
                .formatted(reason, said.isEmpty() ? "." : ": " + said));
      }
    };
  }

  static String finishReason(JsonNode candidate, boolean called) {
    return switch (candidate.path("finishReason").asString("")) {
      case "STOP" -> called ? "tool_calls" : "stop";
      case "MAX_TOKENS" -> "length";
      default -> "content_filter";
    };
  }

  /** Returns the log probabilities; a JSON null when there are none. */
  static JsonNode logprobs(JsonNode candidate) {
    JsonNode chosen = candidate.path("logprobsResult").path("chosenCandidates");
    if (!chosen.isArray()) {
      return JsonNodeFactory.instance.nullNode();
    }
    JsonNode top = candidate.path("logprobsResult").path("topCandidates");
    ObjectNode logprobs = JsonNodeFactory.instance.objectNode();
    ArrayNode tokens = logprobs.putArray("content");
    for (int i = 0; i < chosen.size(); i++) {
      ObjectNode token = tokens.addObject();
      writeToken(chosen.get(i), token);
      ArrayNode others = token.putArray("top_logprobs");
      top.path(i).path("candidates").forEach(other -> writeToken(other, others.addObject()));
    }
    return logprobs.putNull("refusal");
  }

  private static void writeToken(JsonNode candidate, ObjectNode token) {
    token
        .put("token", candidate.path("token").asString(""))
        .put("logprob", candidate.path("logProbability").asDouble(0))
        .putNull("bytes");
  }

  /**
   * Returns the usage; empty when the counts are missing. The API omits counts of zero, and does
   * not include thoughts in the tokens of candidates.
   */
  static Optional<ObjectNode> usage(JsonNode usage) {
    if (!usage.path("promptTokenCount").isNumber()) {
      return Optional.empty();
    }
    long input =
        tokenCount(usage, "promptTokenCount") + tokenCount(usage, "toolUsePromptTokenCount");
    long thoughts = tokenCount(usage, "thoughtsTokenCount");
    long output = tokenCount(usage, "candidatesTokenCount") + thoughts;
    ObjectNode translated = JsonNodeFactory.instance.objectNode();
    translated
        .put("prompt_tokens", input)
        .put("completion_tokens", output)
        .put("total_tokens", input + output);
    translated
        .putObject("prompt_tokens_details")
        .put("cached_tokens", tokenCount(usage, "cachedContentTokenCount"));
    translated.putObject("completion_tokens_details").put("reasoning_tokens", thoughts);
    return Optional.of(translated);
  }

  private static long tokenCount(JsonNode usage, String field) {
    return Math.max(0, usage.path(field).asLong(0));
  }
}
