package io.plumbline.inference.serving;

import io.plumbline.inference.answer.AnswerExtension;
import io.plumbline.inference.local.Answer;
import io.plumbline.inference.local.Encoders;
import io.plumbline.inference.local.LocalChatService;
import io.plumbline.inference.provider.ProviderClient;
import io.plumbline.inference.provider.ProviderModel;
import io.plumbline.inference.provider.UpstreamException;
import io.plumbline.inference.provider.UpstreamResponse;
import io.plumbline.inference.provider.protocol.UpstreamOperation;
import io.plumbline.inference.serving.FallbackChain.Answered;
import io.plumbline.inference.serving.protocol.AbandonedCall;
import io.plumbline.inference.usage.ProviderTokenCounter;
import io.plumbline.inference.usage.Tokens;
import io.plumbline.inference.variant.Variant;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Gets answers from the backends of a call's models. */
@Component
class Backends {

  private final LocalChatService local;
  private final Encoders encoders;
  private final ProviderClient providers;
  private final FallbackChain chain;
  private final JsonMapper json;

  Backends(
      LocalChatService local,
      Encoders encoders,
      ProviderClient providers,
      FallbackChain chain,
      JsonMapper json) {
    this.local = local;
    this.encoders = encoders;
    this.providers = providers;
    this.chain = chain;
    this.json = json;
  }

  /** The start of an answer to a call that requests a stream. */
  sealed interface Start {}

  /** The stream of a provider's model, which the receiver must close. */
  record Opened(ProviderModel model, UpstreamResponse upstream) implements Start {}

  /** The whole answer of a model that does not stream. */
  record Finished(Completion completion) implements Start {}

  Answered<Completion> complete(ChatCall chatCall, FallbackChain.Requests requests) {
    return chain.ask(chatCall, requests, this::complete);
  }

  Answered<Start> beginStreaming(ChatCall chatCall, FallbackChain.Requests requests) {
    return chain.ask(chatCall, requests, this::startAnswer);
  }

  private Start startAnswer(Target target, ObjectNode request, Duration limit) {
    if (target.backend() instanceof Target.External(var model)) {
      return new Opened(model, openStream(model, request, limit));
    }
    return new Finished(complete(target, request, limit));
  }

  private Completion complete(Target target, ObjectNode request, Duration limit) {
    long start = System.nanoTime();
    return switch (target.backend()) {
      case Target.Local(var model) ->
          toCompletion(local.answer(model, request, maxInputTokens(target)), request, start);
      case Target.Tuned(var model) -> toCompletion(local.answer(model, request), request, start);
      case Target.External(var model) -> {
        ProviderTokenCounter tokens = new ProviderTokenCounter(request);
        ObjectNode body = post(model, request, limit, tokens);
        List.of("id", "created", "model").forEach(body::remove);
        AnswerExtension.removeForged(body);
        tokens.addAnswer(body);
        yield new Completion(body, tokens.countedTokens(), List.of(), System.nanoTime() - start);
      }
    };
  }

  private ObjectNode post(
      ProviderModel model, ObjectNode request, Duration limit, ProviderTokenCounter tokens) {
    try {
      return providers.post(model, UpstreamOperation.CHAT, withoutStreaming(request), limit);
    } catch (UpstreamException e) {
      throw e.isAbandoned() ? new AbandonedCall(e, tokens.countedTokens()) : e;
    }
  }

  private UpstreamResponse openStream(ProviderModel model, ObjectNode request, Duration limit) {
    ObjectNode streamed = withoutStreaming(request).put("stream", true);
    // Usage is always requested, because it is metered. Only a caller that requested it gets it.
    streamed.putObject("stream_options").put("include_usage", true);
    return providers.openAnswerStream(model, UpstreamOperation.CHAT, streamed, limit);
  }

  private int maxInputTokens(Target target) {
    Variant variant = target.variant();
    if (variant == null) {
      return encoders.defaultMaxTokens();
    }
    return Objects.requireNonNullElse(
        variant.parameters().maxInputTokens(), encoders.defaultMaxTokens());
  }

  private static ObjectNode withoutStreaming(ObjectNode request) {
    ObjectNode copy = request.objectNode().setAll(request);
    copy.remove(List.of("stream", "stream_options", ChatRequest.VARIABLES));
    return copy;
  }

  private Completion toCompletion(Answer answer, JsonNode request, long start) {
    ObjectNode body = json.createObjectNode();
    body.put("object", "chat.completion");
    ObjectNode choice = body.putArray("choices").addObject();
    choice.put("index", 0);
    ObjectNode message = choice.putObject("message");
    message.put("role", "assistant").put("content", answer.content()).putNull("refusal");
    message.putArray("annotations");
    if (request.path("logprobs").asBoolean(false)) {
      writeLogprobs(choice.putObject("logprobs"), answer, request);
    } else {
      choice.putNull("logprobs");
    }
    choice.put("finish_reason", "stop");
    body.putObject("usage")
        .put("prompt_tokens", answer.inputTokens())
        .put("completion_tokens", answer.outputTokens())
        .put("total_tokens", answer.inputTokens() + answer.outputTokens());
    AnswerExtension.writeConfidence(body, answer.confidence());
    return new Completion(
        body,
        Tokens.of(answer.inputTokens(), answer.outputTokens()),
        answer.truncated(),
        System.nanoTime() - start);
  }

  /**
   * Writes the chosen option as the only token. Its alternatives are all options, or as many as
   * {@code top_logprobs} requests.
   */
  private static void writeLogprobs(ObjectNode target, Answer answer, JsonNode request) {
    ObjectNode token = target.putArray("content").addObject();
    Answer.Scored chosen =
        answer.options().stream().filter(Answer.Scored::chosen).findFirst().orElseThrow();
    writeToken(token, chosen);
    ArrayNode others = token.putArray("top_logprobs");
    answer.options().stream()
        .limit(alternativeCount(answer, request))
        .forEach(option -> writeToken(others.addObject(), option));
    target.putNull("refusal");
  }

  private static int alternativeCount(Answer answer, JsonNode request) {
    JsonNode requested = request.path("top_logprobs");
    return requested.isNumber() ? requested.asInt() : answer.options().size();
  }

  private static void writeToken(ObjectNode token, Answer.Scored option) {
    token.put("token", option.label()).put("logprob", option.logProbability());
    ArrayNode bytes = token.putArray("bytes");
    for (byte each : option.label().getBytes(StandardCharsets.UTF_8)) {
      bytes.add(each & 0xff);
    }
  }
}
