package io.plumbline.inference.serving;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.plumbline.contracts.Digest;
import io.plumbline.inference.variant.RequestField;
import io.plumbline.inference.variant.Variant;
import io.plumbline.platform.digest.CanonicalJson;
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

/**
 * Answers to exactly the same request of the same variant, within one workspace and application; in
 * memory.
 */
@Component
class AnswerCache {

  private static final int MAX_CHARACTERS = 64 * 1024;

  /** Fields that decide who asks and how the answer is delivered, not what it says. */
  private static final Set<String> UNDECIDING =
      Stream.of(
              RequestField.MODEL,
              RequestField.STREAM,
              RequestField.STREAM_OPTIONS,
              RequestField.USER,
              RequestField.SAFETY_IDENTIFIER,
              RequestField.PROMPT_CACHE_KEY)
          .map(RequestField::wire)
          .collect(Collectors.toSet());

  private final Cache<Digest, Completion> answers;

  AnswerCache(
      Clock clock,
      MeterRegistry meters,
      @Value("${plumbline.cache.lifetime:1h}") Duration lifetime,
      @Value("${plumbline.cache.entries:2000}") int capacity) {
    this.answers =
        Caffeine.newBuilder()
            .maximumSize(capacity)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .expireAfterWrite(lifetime)
            .recordStats()
            .build();
    CaffeineCacheMetrics.monitor(meters, answers, "answers");
  }

  /** Under which the answer to a call is kept; empty where none may be. */
  static Optional<Digest> key(Call call) {
    Variant variant = call.target().variant();
    return variant != null && call.repeatable()
        ? Optional.of(key(call.caller().workspace(), variant, call.chat().body()))
        : Optional.empty();
  }

  /**
   * The digest of everything that decides the answer to a call, known before the request to the
   * model is composed: the variant's digest stands for prompt, model, connection, index and
   * parameters, and of the call everything that the variant honours is part of it. Who calls
   * decides nothing.
   */
  static Digest key(UUID workspace, Variant variant, ObjectNode governed) {
    Map<String, Object> content = new TreeMap<>();
    content.put("workspace", workspace.toString());
    content.put("application", variant.application());
    content.put("variant", variant.digest().hex());
    ObjectNode call = governed.objectNode();
    governed
        .propertyStream()
        .filter(field -> !UNDECIDING.contains(field.getKey()))
        .forEach(field -> call.set(field.getKey(), field.getValue()));
    content.put("call", call);
    // The model writes an answer in the order of these, which the canonical form does not have.
    content.put(
        "order", PropertyOrder.of(List.of(call.path("response_format"), call.path("tools"))));
    return CanonicalJson.digest(content);
  }

  Optional<Completion> find(Digest key) {
    return Optional.ofNullable(answers.getIfPresent(key));
  }

  void put(Digest key, Completion completion) {
    int passages = completion.passages().stream().mapToInt(each -> each.text().length()).sum();
    if (completion.body().toString().length() + passages <= MAX_CHARACTERS) {
      answers.put(key, completion);
    }
  }
}
