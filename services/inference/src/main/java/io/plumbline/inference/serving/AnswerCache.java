package io.plumbline.inference.serving;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.variant.Variant;
import io.plumbline.platform.digest.CanonicalJson;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Whole answers to exactly the same request of the same variant, within one workspace and application; in memory, least recently used out. */
@Component
class AnswerCache {

  private static final int MAX_CHARACTERS = 64 * 1024;

  private record Kept(Completion completion, Instant until) {}

  private final Clock clock;
  private final Duration lifetime;
  private final Map<Digest, Kept> entries;

  AnswerCache(
      Clock clock, @Value("${plumbline.cache.lifetime:1h}") Duration lifetime, @Value("${plumbline.cache.entries:2000}") int capacity) {
    this.clock = clock;
    this.lifetime = lifetime;
    this.entries =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Digest, Kept> eldest) {
            return size() > capacity;
          }
        };
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

  synchronized Optional<Completion> find(Digest key) {
    Kept entry = entries.get(key);
    if (entry == null) {
      return Optional.empty();
    }
    if (entry.until.isBefore(clock.instant())) {
      entries.remove(key);
      return Optional.empty();
    }
    return Optional.of(entry.completion);
  }

  void keep(Digest key, Completion completion) {
    if (completion.body().toString().length() > MAX_CHARACTERS) {
      return;
    }
    synchronized (this) {
      entries.put(key, new Kept(completion, clock.instant().plus(lifetime)));
    }
  }
}
