package io.plumbline.inference.serving;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Money;
import io.plumbline.inference.projection.Catalog;
import io.plumbline.inference.release.Arm;
import io.plumbline.inference.release.Arms;
import io.plumbline.inference.release.Responses;
import io.plumbline.inference.usage.Usage;
import io.plumbline.inference.usage.UsageMeter;
import io.plumbline.inference.variant.Composer;
import io.plumbline.inference.variant.Variant;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.identity.Caller;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes a chat call from its name to its answer, and counts it once. Touches no database: all it
 * needs to know is in memory.
 */
@Component
class CompletionService {

  static final String HIT = "hit";
  static final String MISS = "miss";
  static final String BYPASS = "bypass";

  private final ModelResolver directory;
  private final Composer composer;
  private final Backends backends;
  private final AnswerCache cache;
  private final Catalog catalog;
  private final UsageMeter meter;
  private final Arms arms;
  private final Responses responses;

  // Many parameters, because a call meets every part of the service.
  CompletionService(
      ModelResolver directory,
      Composer composer,
      Backends backends,
      AnswerCache cache,
      Catalog catalog,
      UsageMeter meter,
      Arms arms,
      Responses responses) {
    this.directory = directory;
    this.composer = composer;
    this.backends = backends;
    this.cache = cache;
    this.catalog = catalog;
    this.meter = meter;
    this.arms = arms;
    this.responses = responses;
  }

  /** An answer and how it came about. */
  record Served(Completion completion, Call.Result result) {}

  /**
   * Finds the target and composes what it gets; what fails here is the arm's failure too, once an
   * arm is known.
   */
  Call accept(ChatRequest chat, long begun) {
    Caller caller = Caller.current();
    String responseId = "chatcmpl-" + Ids.next().toString().replace("-", "");
    String user = chat.body().path("user").asString("");
    Target target =
        directory.find(caller.workspace(), chat.model(), user.isEmpty() ? responseId : user);
    Variant variant = target.variant();
    List<String> ignored = new ArrayList<>(chat.ignored());
    if (variant == null) {
      if (chat.body().has(ChatRequest.VARIABLES)) {
        ignored.add(ChatRequest.VARIABLES);
      }
      return new Call(responseId, caller, chat, target, chat.body(), ignored, begun);
    }
    Composer.FIXED.stream().filter(chat.body()::has).forEach(ignored::add);
    try {
      return new Call(
          responseId, caller, chat, target, composer.compose(variant, chat.body()), ignored, begun);
    } catch (Composer.BadCall e) {
      throw e;
    } catch (RuntimeException e) {
      failed(caller, target, begun);
      throw e;
    }
  }

  Served complete(Call call, boolean bypass) {
    Optional<Digest> key = bypass ? Optional.empty() : key(call);
    Optional<Completion> known = key.flatMap(cache::find);
    if (known.isPresent()) {
      Completion hit = known.get();
      Completion free =
          new Completion(hit.body(), hit.inputTokens(), hit.outputTokens(), hit.truncated(), 0);
      Call.Result result =
          new Call.Result(
              false, HIT, 0, 0, new Money(BigDecimal.ZERO, price(call, 0, 0).currency()));
      finish(call, result);
      return new Served(free, result);
    }
    Completion completion;
    try {
      completion = backends.complete(call.target(), call.request());
    } catch (RuntimeException e) {
      failed(call.caller(), call.target(), call.begun());
      throw e;
    }
    key.ifPresent(digest -> cache.keep(digest, completion));
    Call.Result result =
        new Call.Result(
            false,
            key.isPresent() ? MISS : BYPASS,
            completion.inputTokens(),
            completion.outputTokens(),
            price(call, completion.inputTokens(), completion.outputTokens()));
    finish(call, result);
    return new Served(completion, result);
  }

  /** Counts a call that is over. */
  void finish(Call call, Call.Result result) {
    Target target = call.target();
    Arm arm = target.arm();
    if (arm != null) {
      arms.answered(call.caller().workspace(), arm, result.failed(), call.millisSince(0));
    }
    meter.count(
        new Usage(
            call.caller().workspace(),
            target.application(),
            target.variantDigest(),
            target.name(),
            result.failed(),
            result.cache().equals(HIT),
            result.inputTokens(),
            result.outputTokens(),
            result.cost()));
    if (!result.failed()) {
      responses.remember(
          call.responseId(),
          new Responses.Given(call.caller().workspace(), arm, target.variantDigest()));
    }
  }

  Money price(Call call, long inputTokens, long outputTokens) {
    return catalog
        .price(call.caller().workspace(), call.target().name())
        .of(inputTokens, outputTokens);
  }

  private void failed(Caller caller, Target target, long begun) {
    Arm arm = target.arm();
    if (arm != null) {
      arms.answered(caller.workspace(), arm, true, (System.nanoTime() - begun) / 1e6);
    }
    meter.count(
        new Usage(
            caller.workspace(),
            target.application(),
            target.variantDigest(),
            target.name(),
            true,
            false,
            0,
            0,
            catalog.price(caller.workspace(), target.name()).of(0, 0)));
  }

  /** Only variants have a key, and only those whose answer is the same every time. */
  private static Optional<Digest> key(Call call) {
    @Nullable Variant variant = call.target().variant();
    ObjectNode request = call.request();
    if (variant == null || request.path("temperature").asDouble(0) > 0) {
      return Optional.empty();
    }
    return Optional.of(AnswerCache.key(call.caller().workspace(), variant, call.chat().body()));
  }
}
