package io.plumbline.inference.retrieval.encoder;

import io.plumbline.inference.InferenceProblem;
import io.plumbline.inference.enduser.EndUser;
import io.plumbline.inference.projection.ModelProjection;
import io.plumbline.inference.provider.Connections;
import io.plumbline.inference.provider.ProviderClient;
import io.plumbline.inference.provider.ProviderModel;
import io.plumbline.inference.provider.protocol.UpstreamOperation;
import io.plumbline.inference.trace.RequestContexts;
import io.plumbline.inference.trace.RequestContexts.RequestContext;
import io.plumbline.inference.trace.TraceJournal;
import io.plumbline.inference.trace.TraceRecord;
import io.plumbline.inference.trace.TraceSteps;
import io.plumbline.inference.usage.TokenMetrics;
import io.plumbline.inference.usage.Tokens;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import io.plumbline.prompttemplate.tokens.TokenCounter;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Embeds texts with the models of providers. Each call is metered as a request of its own, before
 * its vectors are used.
 */
@Component
class ProviderEncoder {

  private final Connections connections;
  private final ProviderClient providers;
  private final ModelProjection models;
  private final TraceJournal journal;
  private final TokenMetrics metrics;
  private final RequestContexts contexts;
  private final JsonMapper json;

  ProviderEncoder(
      Connections connections,
      ProviderClient providers,
      ModelProjection models,
      TraceJournal journal,
      TokenMetrics metrics,
      RequestContexts contexts,
      JsonMapper json) {
    this.connections = connections;
    this.providers = providers;
    this.models = models;
    this.journal = journal;
    this.metrics = metrics;
    this.contexts = contexts;
    this.json = json;
  }

  static TokenMeasure tokenMeasure(IndexEncoder.OfProvider encoder) {
    return TokenMeasure.of(TokenCounter.of(encoder.model()));
  }

  /**
   * Embeds texts, and records the call.
   *
   * @param maxTokens the number of tokens to which each text is cut before it is embedded
   */
  EmbeddingResult embed(
      IndexEncoder.OfProvider encoder,
      List<String> texts,
      int maxTokens,
      EmbeddingPurpose purpose) {
    ProviderModel model =
        connections
            .find(Caller.current().workspace(), encoder.connection())
            .map(connection -> new ProviderModel(connection, encoder.model()))
            .orElseThrow(() -> connectionRemovedProblem(encoder));
    TokenMeasure measure = tokenMeasure(encoder);
    List<String> read = texts.stream().map(text -> measure.truncate(text, maxTokens)).toList();
    journal.requireRoom();
    RequestContext context = contexts.create(System.nanoTime());
    ObjectNode answer = providers.post(model, UpstreamOperation.EMBEDDINGS, embeddingRequest(read));
    Tokens tokens = Tokens.of(inputTokens(answer, read, measure), 0);
    EmbeddingResult.Use use = recordCall(context, tokens, purpose.traceOrigin(encoder));
    List<float[]> vectors =
        ProviderVectors.read(answer, texts.size())
            .orElseThrow(() -> providers.malformedAnswerFailure(model));
    return new EmbeddingResult(ProviderVectors.normalised(vectors, encoder.name()), use);
  }

  /** Returns the tokens that the provider counted; an estimate where it counted none. */
  private static long inputTokens(ObjectNode answer, List<String> texts, TokenMeasure measure) {
    return Tokens.reported(answer.path("usage").path("prompt_tokens"))
        .orElseGet(() -> texts.stream().mapToLong(measure.tokens()::applyAsInt).sum());
  }

  private ObjectNode embeddingRequest(List<String> texts) {
    ObjectNode request = json.createObjectNode();
    ArrayNode input = request.putArray("input");
    texts.forEach(input::add);
    return request;
  }

  /**
   * Records the call in a trace of its own. The trace of the variant's call names it by its request
   * id.
   */
  private EmbeddingResult.Use recordCall(
      RequestContext context, Tokens tokens, TraceRecord.Origin origin) {
    context.steps().record(TraceSteps.Kind.CALL, context.started(), Map.of());
    EmbeddingResult.Use use =
        new EmbeddingResult.Use(
            origin.model(),
            context.requestId(),
            tokens.input(),
            models
                .price(Caller.current().workspace(), origin.model())
                .map(price -> price.costOf(tokens))
                .orElse(null));
    journal.append(
        TraceRecord.ofEmbedding(
            context,
            context.requestId().toString(),
            EndUser.UNKNOWN,
            origin,
            TraceRecord.Status.OK,
            null,
            null,
            new TraceRecord.Consumption(tokens, use.cost())));
    metrics.countTokens(origin.model(), tokens);
    return use;
  }

  private static Problem connectionRemovedProblem(IndexEncoder.OfProvider encoder) {
    return new Problem(
        InferenceProblem.CONNECTION_REMOVED,
        ("The connection %s that the index's encoder '%s' is called by was removed: connect the"
                + " provider to that address again, or build an index with another encoder.")
            .formatted(encoder.connection().abbreviated(), encoder.name()));
  }
}
