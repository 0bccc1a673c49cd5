package io.plumbline.inference.provider.probe;

import io.plumbline.contracts.Money;
import io.plumbline.inference.UnsupportedRequest;
import io.plumbline.inference.enduser.EndUser;
import io.plumbline.inference.projection.ModelProjection;
import io.plumbline.inference.provider.Provider;
import io.plumbline.inference.provider.ProviderClient;
import io.plumbline.inference.provider.ProviderModel;
import io.plumbline.inference.provider.UpstreamException;
import io.plumbline.inference.provider.protocol.UpstreamOperation;
import io.plumbline.inference.trace.RequestContexts;
import io.plumbline.inference.trace.RequestContexts.RequestContext;
import io.plumbline.inference.trace.TraceContents;
import io.plumbline.inference.trace.TraceJournal;
import io.plumbline.inference.trace.TraceRecord;
import io.plumbline.inference.trace.TraceSteps;
import io.plumbline.inference.usage.ProviderTokenCounter;
import io.plumbline.inference.usage.TokenMetrics;
import io.plumbline.inference.usage.Tokens;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls a model with a few tokens, under the same policies as all calls, and records the call like
 * any other: with a trace, its tokens and its cost.
 */
@Component
class ModelTestCaller {

  /** The maximum length of the answer, in tokens. */
  static final int MAX_TOKENS = 16;

  private static final String QUESTION = "Say OK.";
  private static final String LIMIT = "max_tokens";

  /** The field of newer models of OpenAI, which name it when they refuse {@code max_tokens}. */
  private static final String NEWER_LIMIT = "max_completion_tokens";

  /**
   * A call and its failure.
   *
   * @param failure the failure; absent when the call was answered
   */
  record Ended(ProbedCall call, @Nullable UpstreamException failure) {}

  /** Sends a request to the model, with a limit for its time. */
  interface Sender {

    ObjectNode post(ObjectNode request, Duration limit);
  }

  private final ProviderClient client;
  private final ModelProjection models;
  private final TraceJournal journal;
  private final TraceContents contents;
  private final TokenMetrics metrics;
  private final RequestContexts contexts;
  private final JsonMapper json;

  ModelTestCaller(
      ProviderClient client,
      ModelProjection models,
      TraceJournal journal,
      TraceContents contents,
      TokenMetrics metrics,
      RequestContexts contexts,
      JsonMapper json) {
    this.client = client;
    this.models = models;
    this.journal = journal;
    this.contents = contents;
    this.metrics = metrics;
    this.contexts = contexts;
    this.json = json;
  }

  /**
   * Makes a call.
   *
   * @param limit the maximum time of the call
   * @throws Problem when the provider cannot have a model of this name
   */
  Ended callModel(Provider provider, String name, Duration limit) {
    journal.requireRoom();
    ProviderModel model = new ProviderModel(provider.connection(), name);
    ObjectNode request = request();
    RequestContext context = contexts.create(System.nanoTime());
    try {
      ObjectNode answer =
          context
              .steps()
              .runStep(
                  TraceSteps.Kind.CALL,
                  () ->
                      postWithEitherLimit(
                          (sent, left) -> client.post(model, UpstreamOperation.CHAT, sent, left),
                          request,
                          limit));
      ProviderTokenCounter tokens = new ProviderTokenCounter(request);
      tokens.addAnswer(answer);
      return recordEnd(provider, name, context, tokens.countedTokens(), null);
    } catch (UnsupportedRequest e) {
      throw Problem.invalid("/model", String.valueOf(e.getMessage()));
    } catch (UpstreamException e) {
      return recordEnd(provider, name, context, Tokens.NONE, e);
    }
  }

  private ObjectNode request() {
    ObjectNode request = json.createObjectNode();
    request.putArray("messages").addObject().put("role", "user").put("content", QUESTION);
    return request.put(LIMIT, MAX_TOKENS);
  }

  static ObjectNode postWithEitherLimit(Sender sender, ObjectNode request, Duration limit) {
    long started = System.nanoTime();
    try {
      return sender.post(request, limit);
    } catch (UpstreamException e) {
      String words = e.providerMessage();
      if (e.status() != 400 || words == null || !words.contains(NEWER_LIMIT)) {
        throw e;
      }
      Duration left = limit.minusNanos(System.nanoTime() - started);
      if (!left.isPositive()) {
        throw e;
      }
      request.remove(LIMIT);
      return sender.post(request.put(NEWER_LIMIT, MAX_TOKENS), left);
    }
  }

  private Ended recordEnd(
      Provider provider,
      String name,
      RequestContext context,
      Tokens tokens,
      @Nullable UpstreamException failure) {
    Caller caller = Caller.current();
    String model = provider.qualifiedModelName(name);
    Money cost =
        models.price(caller.workspace(), model).map(price -> price.costOf(tokens)).orElse(null);
    String metered = meteredName(provider, name);
    journal.append(
        new TraceRecord(
            context.requestId(),
            caller.workspace(),
            Objects.requireNonNullElse(context.traceId(), context.requestId().toString()),
            null,
            caller.actor(),
            caller.service(),
            false,
            EndUser.UNKNOWN,
            TraceRecord.Operation.CHAT,
            new TraceRecord.Origin(null, null, null, null, null, metered),
            new TraceRecord.Timing(context.at(), context.ageMicros(), null),
            outcome(caller, failure),
            new TraceRecord.Consumption(tokens, cost),
            context.steps().recordedSteps(),
            null));
    metrics.countTokens(metered, tokens);
    return new Ended(
        new ProbedCall(
            name, failure == null, context.requestId(), tokens.input(), tokens.output(), cost),
        failure);
  }

  private TraceRecord.Outcome outcome(Caller caller, @Nullable UpstreamException failure) {
    if (failure == null) {
      return new TraceRecord.Outcome(TraceRecord.Status.OK, null, null, null, "bypass", false);
    }
    String message = contents.keepsContents(caller.workspace()) ? failure.providerMessage() : null;
    return new TraceRecord.Outcome(
        TraceRecord.Status.ERROR, failure.code(), message, null, "bypass", false);
  }

  /**
   * Returns the name under which the call is counted. Only names that somebody entered are
   * distinguished.
   */
  private String meteredName(Provider provider, String model) {
    boolean entered =
        provider.models().contains(model)
            || models.isPriced(Caller.current().workspace(), provider.qualifiedModelName(model));
    return provider.qualifiedModelName(entered ? model : Provider.UNKNOWN);
  }
}
