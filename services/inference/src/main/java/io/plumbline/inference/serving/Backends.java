package io.plumbline.inference.serving;

import io.plumbline.inference.local.Answer;
import io.plumbline.inference.local.Choices;
import io.plumbline.inference.local.Encoders;
import io.plumbline.inference.provider.ProviderClient;
import io.plumbline.inference.provider.protocol.UpstreamOperation;
import io.plumbline.inference.usage.Tokens;
import io.plumbline.inference.variant.Variant;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Gets a whole answer from the backend of a target. */
@Component
class Backends {

  private final Choices choices;
  private final Encoders encoders;
  private final ProviderClient providers;
  private final JsonMapper json;

  Backends(Choices choices, Encoders encoders, ProviderClient providers, JsonMapper json) {
    this.choices = choices;
    this.encoders = encoders;
    this.providers = providers;
    this.json = json;
  }

  Completion complete(Target target, ObjectNode request) {
    long start = System.nanoTime();
    return switch (target.backend()) {
      case Target.Local(var model) ->
          completion(choices.choose(model, request, maxTokens(target)), request, start);
      case Target.Tuned(var model) -> completion(choices.classify(model, request), request, start);
      case Target.External(var model) -> {
        ObjectNode body = providers.post(model, UpstreamOperation.CHAT, unstreamed(request));
        List.of("id", "created", "model").forEach(body::remove);
        ProviderTokens tokens = new ProviderTokens(request);
        tokens.answered(body);
        yield new Completion(body, tokens.counted(), List.of(), System.nanoTime() - start);
      }
    };
  }

  private int maxTokens(Target target) {
    Variant variant = target.variant();
    Integer limit = variant == null ? null : variant.parameters().maxInputTokens();
    return limit == null ? encoders.defaultMaxTokens() : limit;
  }

  private static ObjectNode unstreamed(ObjectNode request) {
    ObjectNode copy = request.objectNode().setAll(request);
    copy.remove(List.of("stream", "stream_options", ChatRequest.VARIABLES));
    return copy;
  }

  private Completion completion(Answer answer, JsonNode request, long start) {
    ObjectNode body = json.createObjectNode();
    body.put("object", "chat.completion");
    ObjectNode choice = body.putArray("choices").addObject();
    choice.put("index", 0);
    ObjectNode message = choice.putObject("message");
    message.put("role", "assistant").put("content", answer.content()).putNull("refusal");
    message.putArray("annotations");
    if (request.path("logprobs").asBoolean(false)) {
      logprobs(choice.putObject("logprobs"), answer, request);
    } else {
      choice.putNull("logprobs");
    }
    choice.put("finish_reason", "stop");
    body.putObject("usage")
        .put("prompt_tokens", answer.inputTokens())
        .put("completion_tokens", answer.outputTokens())
        .put("total_tokens", answer.inputTokens() + answer.outputTokens());
    return new Completion(
        body,
        Tokens.of(answer.inputTokens(), answer.outputTokens()),
        answer.truncated(),
        System.nanoTime() - start);
  }

  /**
   * One token, the chosen option; the alternatives are all options, or as many as {@code
   * top_logprobs} requests.
   */
  private static void logprobs(ObjectNode target, Answer answer, JsonNode request) {
    int top =
        request.path("top_logprobs").isNumber()
            ? request.path("top_logprobs").asInt()
            : answer.options().size();
    ObjectNode token = target.putArray("content").addObject();
    Answer.Scored chosen =
        answer.options().stream()
            .filter(option -> option.label().equals(answer.label()))
            .findFirst()
            .orElseThrow();
    describe(token, chosen);
    ArrayNode others = token.putArray("top_logprobs");
    answer.options().stream().limit(top).forEach(option -> describe(others.addObject(), option));
    target.putNull("refusal");
  }

  private static void describe(ObjectNode token, Answer.Scored option) {
    token.put("token", option.label()).put("logprob", option.logProbability());
    ArrayNode bytes = token.putArray("bytes");
    for (byte each : option.label().getBytes(StandardCharsets.UTF_8)) {
      bytes.add(each & 0xff);
    }
  }
}
