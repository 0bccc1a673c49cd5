package io.plumbline.inference.serving;

import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.contracts.Digest;
import io.plumbline.inference.variant.RequestField;
import io.plumbline.inference.variant.Variant;
import io.plumbline.platform.digest.CanonicalJson;
import io.plumbline.platform.identity.CallerId;
import io.plumbline.platform.limit.FairCache;
import io.plumbline.prompttemplate.content.PropertyOrder;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** A cache in memory of answers to exactly the same request of the same variant, of one caller. */
@Component
class AnswerCache {

  private static final int MAX_CHARACTERS = 64 * 1024;

  /**
   * The fields that say who asks and how the answer is delivered, but do not change its content.
   */
  private static final Set<String> FIELDS_WITHOUT_INFLUENCE =
      Stream.of(
              RequestField.MODEL,
              RequestField.STREAM,
              RequestField.STREAM_OPTIONS,
              RequestField.USER,
              RequestField.SAFETY_IDENTIFIER,
              RequestField.PROMPT_CACHE_KEY)
          .map(RequestField::wireName)
          .collect(Collectors.toSet());

  /** An answer with its size. */
  private record CachedAnswer(Completion completion, int characters) {}

  private final FairCache<Digest, CachedAnswer> answers;

  AnswerCache(
      Clock clock,
      MeterRegistry meters,
      @Value("${plumbline.cache.lifetime:1h}") Duration lifetime,
      @Value("${plumbline.cache.characters:8388608}") long characters) {
    this.answers =
        new FairCache<>(
            "answers",
            characters,
            (key, answer) -> answer.characters,
            lifetime,
            () -> TimeUnit.MILLISECONDS.toNanos(clock.millis()),
            meters);
  }

  /** Returns the key of the cached answer to a call; empty when the answer may not be cached. */
  static Optional<Digest> keyOf(ChatCall chatCall) {
    Variant variant = chatCall.target().variant();
    if (variant == null || !chatCall.repeatable()) {
      return Optional.empty();
    }
    return Optional.of(keyOf(chatCall.caller().id(), variant, chatCall.chat().body()));
  }

  /**
   * Returns the digest of everything that decides the answer to a call. It is known before the
   * request to the model is composed: the variant's digest stands for prompt, model, connection,
   * index and parameters, and all fields of the call that the variant honours are part of it. The
   * caller has no influence on the answer, but is part of the key, because a fast answer would show
   * what others have asked.
   */
  static Digest keyOf(CallerId caller, Variant variant, ObjectNode governed) {
    Map<String, Object> content = new TreeMap<>();
    content.put("workspace", caller.workspace().toString());
    content.put("caller", caller.actor());
    content.put("application", variant.application());
    content.put("variant", variant.digest().hex());
    ObjectNode call = governed.objectNode();
    governed
        .propertyStream()
        .filter(field -> !FIELDS_WITHOUT_INFLUENCE.contains(field.getKey()))
        .forEach(field -> call.set(field.getKey(), field.getValue()));
    content.put("call", call);
    // The model writes an answer in the order of these properties, which the canonical form loses.
    content.put(
        "order", PropertyOrder.digestOf(List.of(call.path("response_format"), call.path("tools"))));
    return CanonicalJson.digest(content);
  }

  Optional<Completion> find(UUID workspace, Digest key) {
    return answers.find(workspace, key).map(CachedAnswer::completion);
  }

  void put(UUID workspace, Digest key, Completion completion) {
    int passages = completion.passages().stream().mapToInt(each -> each.text().length()).sum();
    int characters = completion.body().toString().length() + passages;
    if (characters <= MAX_CHARACTERS) {
      answers.put(workspace, key, new CachedAnswer(completion, characters));
    }
  }
}
