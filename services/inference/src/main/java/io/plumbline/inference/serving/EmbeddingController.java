package io.plumbline.inference.serving;

import io.plumbline.contracts.Money;
import io.plumbline.inference.UnsupportedRequest;
import io.plumbline.inference.bare.BareModelRules;
import io.plumbline.inference.enduser.EndUser;
import io.plumbline.inference.enduser.EndUserPseudonymizer;
import io.plumbline.inference.projection.ModelProjection;
import io.plumbline.inference.serving.Embedder.Embedded;
import io.plumbline.inference.serving.protocol.OpenAiError;
import io.plumbline.inference.trace.RequestContexts;
import io.plumbline.inference.trace.RequestContexts.RequestContext;
import io.plumbline.inference.trace.TraceSteps;
import io.plumbline.inference.usage.Tokens;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.ledger.LedgerExempt;
import io.plumbline.platform.security.CallingServices;
import io.swagger.v3.oas.annotations.Operation;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Embeds texts with a local model or the model of a provider. */
@RestController
class EmbeddingController {

  private final ModelResolver resolver;
  private final Embedder embedder;
  private final ModelProjection models;
  private final CallRecorder recorder;
  private final RequestContexts contexts;
  private final EndUserPseudonymizer endUserPseudonymizer;
  private final ConcurrencyLimiter concurrencyLimiter;
  private final JsonMapper json;

  EmbeddingController(
      ModelResolver resolver,
      Embedder embedder,
      ModelProjection models,
      CallRecorder recorder,
      RequestContexts contexts,
      EndUserPseudonymizer endUserPseudonymizer,
      ConcurrencyLimiter concurrencyLimiter,
      JsonMapper json) {
    this.resolver = resolver;
    this.embedder = embedder;
    this.models = models;
    this.recorder = recorder;
    this.contexts = contexts;
    this.endUserPseudonymizer = endUserPseudonymizer;
    this.concurrencyLimiter = concurrencyLimiter;
    this.json = json;
  }

  @Operation(summary = "Create embeddings of texts")
  @PostMapping("/v1/embeddings")
  @PreAuthorize("hasRole('VIEWER')")
  @CallingServices("evaluation")
  @LedgerExempt
  @ResponseStatus(HttpStatus.OK)
  public ResponseEntity<ObjectNode> createEmbedding(@RequestBody byte[] body) {
    long started = System.nanoTime();
    try (ConcurrencyLimiter.Permit _ = concurrencyLimiter.acquire(Caller.current().workspace())) {
      recorder.requireRoom();
      return answer(body, contexts.create(started));
    }
  }

  private ResponseEntity<ObjectNode> answer(byte[] body, RequestContext context) {
    EmbeddingRequest request = EmbeddingRequest.read(body, json);
    UUID workspace = Caller.current().workspace();
    Target target =
        resolver.resolve(
            workspace,
            request.model(),
            resolver.findCalledArm(workspace, request.model(), "").orElse(null));
    Supplier<Embedded> model = embedder.prepareEmbedding(target, request);
    new BareModelRules(target.passedFields()).checkEmbedding(request.body());
    // The first place is taken already.
    try (ConcurrencyLimiter.Permit _ =
        concurrencyLimiter.acquire(workspace, request.requiredPermits() - 1)) {
      return answer(context, target, request, model);
    }
  }

  private ResponseEntity<ObjectNode> answer(
      RequestContext context, Target target, EmbeddingRequest request, Supplier<Embedded> model) {
    recorder.requireAllowance(Caller.current(), target, context);
    EndUser endUser =
        endUserPseudonymizer.pseudonymize(Caller.current().workspace(), request.body());
    Embedded embedded = embed(context, endUser, target, model);
    ObjectNode answer = embedded.body().put("object", "list").put("model", request.model());
    answer
        .putObject("usage")
        .put("prompt_tokens", embedded.tokens())
        .put("total_tokens", embedded.tokens());
    Optional<Money> cost = costOf(target.name(), embedded.tokens());
    ResponseEntity.BodyBuilder response = ResponseEntity.ok();
    if (embedded.truncated()) {
      response.header(ResponseHeaders.TRUNCATED, "input");
    }
    cost.ifPresent(paid -> response.header(ResponseHeaders.COST, ResponseHeaders.costValue(paid)));
    response.header(
        ResponseHeaders.OVERHEAD,
        ResponseHeaders.millisValue(
            (System.nanoTime() - context.started() - embedded.modelNanos()) / 1e6));
    recorder.recordEmbedding(context, endUser, target, embedded.tokens(), cost.orElse(null));
    return response.body(answer);
  }

  private Embedded embed(
      RequestContext context, EndUser endUser, Target target, Supplier<Embedded> model) {
    try {
      return context.steps().runStep(TraceSteps.Kind.CALL, model);
    } catch (OpenAiError | UnsupportedRequest e) {
      recorder.forgetEmbedding(context, target);
      throw e;
    } catch (RuntimeException e) {
      recorder.recordFailedEmbedding(context, endUser, target, e);
      throw e;
    }
  }

  private Optional<Money> costOf(String model, long tokens) {
    return models
        .price(Caller.current().workspace(), model)
        .map(price -> price.costOf(Tokens.of(tokens, 0)));
  }
}
