package io.plumbline.inference.serving;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.release.Arm;
import io.plumbline.inference.release.ResponseIds;
import io.plumbline.inference.serving.Call.CacheUse;
import io.plumbline.inference.variant.AnswerCheck;
import io.plumbline.inference.variant.BadCall;
import io.plumbline.inference.variant.Composer;
import io.plumbline.inference.variant.GovernedCall;
import io.plumbline.inference.variant.Variant;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.identity.Caller;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers a chat call in steps: resolve the model's name, ask the answer cache, compose the request
 * to the model, call the model. Reads no database: everything it needs is in memory.
 */
@Component
class CompletionService {

  private final ModelResolver resolver;
  private final AnswerCache cache;
  private final Composer composer;
  private final Backends backends;
  private final CallRecorder recorder;
  private final ResponseIds ids;
  private final Clock clock;

  CompletionService(
      ModelResolver resolver,
      AnswerCache cache,
      Composer composer,
      Backends backends,
      CallRecorder recorder,
      ResponseIds ids,
      Clock clock) {
    this.resolver = resolver;
    this.cache = cache;
    this.composer = composer;
    this.backends = backends;
    this.recorder = recorder;
    this.ids = ids;
    this.clock = clock;
  }

  /** An answer, and how it was produced. */
  record Served(Completion completion, Call.Result result) {}

  /**
   * @param started {@link System#nanoTime()} when the call arrived
   */
  Call resolve(ChatRequest chat, long started) {
    Caller caller = Caller.current();
    UUID response = Ids.next();
    String user = chat.body().path("user").asString("");
    Target target =
        resolve(
            caller.workspace(), chat.model(), user.isEmpty() ? response.toString() : user, started);
    Call call =
        new Call(
            ids.issue(caller.workspace(), response, target.arm(), target.variantDigest()),
            clock.instant().getEpochSecond(),
            caller,
            chat,
            target,
            ignored(chat, target),
            null,
            started);
    return target.variant() == null ? call : governed(call, target.variant());
  }

  /** Fails for the arm, too: a candidate that nothing answers for must not look harmless. */
  private Target resolve(UUID workspace, String model, String key, long started) {
    Arm arm = resolver.arm(workspace, model, key).orElse(null);
    try {
      return resolver.resolve(workspace, model, arm);
    } catch (RuntimeException e) {
      if (arm != null) {
        recorder.recordUnresolved(workspace, arm, started);
      }
      throw e;
    }
  }

  /** Of a bare model: a provider may have fields of its own, a model in this process has none. */
  private static List<String> ignored(ChatRequest chat, Target target) {
    List<String> ignored = new ArrayList<>();
    if (!(target.backend() instanceof Target.External)) {
      ignored.addAll(chat.unknown());
    }
    if (chat.body().has(ChatRequest.VARIABLES)) {
      ignored.add(ChatRequest.VARIABLES);
    }
    return ignored;
  }

  private Call governed(Call call, Variant variant) {
    GovernedCall governed =
        orRecordFailure(call, () -> composer.govern(variant, call.chat().body()));
    return new Call(
        call.responseId(),
        call.created(),
        call.caller(),
        call.chat().with(governed.body()),
        call.target(),
        governed.ignored(),
        governed.repeatable()
            ? AnswerCache.key(call.caller().workspace(), variant, governed.body())
            : null,
        call.started());
  }

  /**
   * @param bypass answer without the cache
   */
  Served complete(Call call, boolean bypass) {
    Optional<Digest> key = bypass ? Optional.empty() : Optional.ofNullable(call.cacheKey());
    Optional<Completion> cached = key.flatMap(cache::find);
    if (cached.isPresent()) {
      return served(
          call,
          cached.get().withoutModelTime(),
          new Call.Result(false, CacheUse.HIT, 0, 0, recorder.cost(call, 0, 0)));
    }
    Completion completion = callModel(call);
    key.ifPresent(digest -> cache.put(digest, completion));
    long input = completion.inputTokens();
    long output = completion.outputTokens();
    return served(
        call,
        completion,
        new Call.Result(
            false,
            key.isPresent() ? CacheUse.MISS : CacheUse.BYPASS,
            input,
            output,
            recorder.cost(call, input, output)));
  }

  private Completion callModel(Call call) {
    ObjectNode request = compose(call);
    Completion completion = orRecordFailure(call, () -> backends.complete(call.target(), request));
    AnswerCheck check = AnswerCheck.of(call.target().variant(), request);
    check.read(completion.body());
    Optional<String> violation = check.violation();
    if (violation.isPresent()) {
      long input = completion.inputTokens();
      long output = completion.outputTokens();
      recorder.record(
          call,
          new Call.Result(
              true, CacheUse.BYPASS, input, output, recorder.cost(call, input, output)));
      throw OpenAiError.invalidOutput(violation.get());
    }
    return completion;
  }

  private Served served(Call call, Completion completion, Call.Result result) {
    recorder.record(call, result);
    return new Served(completion, result);
  }

  /** The request to the model. */
  ObjectNode compose(Call call) {
    Variant variant = call.target().variant();
    return variant == null
        ? call.chat().body()
        : orRecordFailure(call, () -> composer.compose(variant, call.chat().body()));
  }

  /** A failure counts against the arm, unless the call itself is at fault. */
  private <T> T orRecordFailure(Call call, Supplier<T> step) {
    try {
      return step.get();
    } catch (BadCall e) {
      throw e;
    } catch (RuntimeException e) {
      recorder.recordFailure(call);
      throw e;
    }
  }
}
