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
import io.plumbline.inference.trace.TraceSteps;
import io.plumbline.inference.trace.TraceContents;
import io.plumbline.inference.trace.TraceJournal;
import io.plumbline.inference.trace.TraceRecord;
import io.plumbline.inference.usage.ProviderTokens;
import io.plumbline.inference.usage.TokenMetrics;
import io.plumbline.inference.usage.Tokens;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls a model with a few tokens, under the policies of all calls, and records the call as one:
 * with a trace, its tokens and its cost.
 */
@Component
class ShortCall {

  /** The longest answer, in tokens. */
  static final int MAX_TOKENS = 16;

  private static final String QUESTION = "Say OK.";
  private static final String LIMIT = "max_tokens";

  /** The field that newer models of OpenAI take instead; they refuse the other one by name. */
  private static final String NEWER_LIMIT = "max_completion_tokens";

  /**
   * A call and how it failed.
   *
   * @param failure absent when it was answered
   */
  record Ended(ProbedCall call, @Nullable UpstreamException failure) {}

  /** Sends a request to the model, with a limit of its time. */
  interface Sending {

    ObjectNode post(ObjectNode request, Duration limit);
  }

  private final ProviderClient client;
  private final ModelProjection models;
  private final TraceJournal journal;
  private final TraceContents contents;
  private final TokenMetrics metrics;
  private final RequestContexts arrivals;
  private final JsonMapper json;

  ShortCall(
      ProviderClient client,
      ModelProjection models,
      TraceJournal journal,
      TraceContents contents,
      TokenMetrics metrics,
      RequestContexts arrivals,
      JsonMapper json) {
    this.client = client;
    this.models = models;
    this.journal = journal;
    this.contents = contents;
    this.metrics = metrics;
    this.arrivals = arrivals;
    this.json = json;
  }

  /**
   * @param limit of the time in all
   * @throws Problem when the provider cannot have a model of this name
   */
  Ended make(Provider provider, String name, Duration limit) {
    journal.requireRoom();
    ProviderModel model = new ProviderModel(provider.connection(), name);
    ObjectNode request = request();
    RequestContext arrival = arrivals.of(System.nanoTime());
    try {
      ObjectNode answer =
          arrival
              .steps()
              .time(
                  TraceSteps.Kind.CALL,
                  () ->
                      answer(
                          (sent, left) -> client.post(model, UpstreamOperation.CHAT, sent, left),
                          request,
                          limit));
      ProviderTokens tokens = new ProviderTokens(request);
      tokens.answered(answer);
      return ended(provider, name, arrival, tokens.counted(), null);
    } catch (UnsupportedRequest e) {
      throw Problem.invalid("/model", String.valueOf(e.getMessage()));
    } catch (UpstreamException e) {
      return ended(provider, name, arrival, Tokens.NONE, e);
    }
  }

  private ObjectNode request() {
    ObjectNode request = json.createObjectNode();
    request.putArray("messages").addObject().put("role", "user").put("content", QUESTION);
    return request.put(LIMIT, MAX_TOKENS);
  }

  static ObjectNode answer(Sending sending, ObjectNode request, Duration limit) {
    long started = System.nanoTime();
    try {
      return sending.post(request, limit);
    } catch (UpstreamException e) {
      String words = e.words();
      if (e.status() != 400 || words == null || !words.contains(NEWER_LIMIT)) {
        throw e;
      }
      Duration left = limit.minusNanos(System.nanoTime() - started);
      if (!left.isPositive()) {
        throw e;
      }
      request.remove(LIMIT);
      return sending.post(request.put(NEWER_LIMIT, MAX_TOKENS), left);
    }
  }

  private Ended ended(
      Provider provider,
      String name,
      RequestContext arrival,
      Tokens tokens,
      @Nullable UpstreamException failure) {
    Caller caller = Caller.current();
    String model = provider.nameOf(name);
    String trace = arrival.traceId();
    Money cost =
        models.price(caller.workspace(), model).map(price -> price.of(tokens)).orElse(null);
    String metered = metered(provider, name);
    journal.append(
        new TraceRecord(
            arrival.requestId(),
            caller.workspace(),
            trace == null ? arrival.requestId().toString() : trace,
            null,
            caller.actor(),
            EndUser.UNKNOWN,
            TraceRecord.Operation.CHAT,
            new TraceRecord.Origin(null, null, null, null, null, metered),
            new TraceRecord.Timing(arrival.at(), arrival.age(), null),
            new TraceRecord.Outcome(
                failure == null ? TraceRecord.Status.OK : TraceRecord.Status.ERROR,
                failure == null ? null : failure.code(),
                failure != null && contents.kept(caller.workspace()) ? failure.words() : null,
                null,
                "bypass",
                false),
            new TraceRecord.Consumption(tokens, cost),
            arrival.steps().taken(),
            null));
    metrics.count(metered, tokens);
    return new Ended(
        new ProbedCall(
            name, failure == null, arrival.requestId(), tokens.input(), tokens.output(), cost),
        failure);
  }

  /** Returns the name under which it counts: only names that somebody entered are distinguished. */
  private String metered(Provider provider, String model) {
    boolean entered =
        provider.models().contains(model)
            || models.isPriced(Caller.current().workspace(), provider.nameOf(model));
    return provider.nameOf(entered ? model : Provider.UNKNOWN);
  }
}
