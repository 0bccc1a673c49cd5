package io.plumbline.inference.serving;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.plumbline.contracts.Digest;
import io.plumbline.inference.variant.Variant;
import io.plumbline.platform.digest.CanonicalJson;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whole answers to exactly the same request of the same variant, within one workspace and
 * application; in memory.
 */
@Component
class AnswerCache {

  private static final int MAX_CHARACTERS = 64 * 1024;

  private final Cache<Digest, Completion> answers;

  AnswerCache(
      Clock clock,
      @Value("${plumbline.cache.lifetime:1h}") Duration lifetime,
      @Value("${plumbline.cache.entries:2000}") int capacity) {
    this.answers =
        Caffeine.newBuilder()
            .maximumSize(capacity)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .expireAfterWrite(lifetime)
            .build();
  }

  /** Everything that an answer depends on; who asks is not part of it, the workspace is. */
  static Digest key(UUID workspace, Variant variant, ObjectNode call) {
    Map<String, Object> content = new TreeMap<>();
    content.put("workspace", workspace.toString());
    content.put("application", variant.application());
    content.put("variant", variant.digest().hex());
    for (String field : List.of("messages", ChatRequest.VARIABLES, "logprobs", "top_logprobs")) {
      if (call.has(field)) {
        content.put(field, call.path(field));
      }
    }
    return CanonicalJson.digest(content);
  }

  Optional<Completion> find(Digest key) {
    return Optional.ofNullable(answers.getIfPresent(key));
  }

  void keep(Digest key, Completion completion) {
    if (completion.body().toString().length() <= MAX_CHARACTERS) {
      answers.put(key, completion);
    }
  }
}
