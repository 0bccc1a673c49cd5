package io.plumbline.promptregistry.resolution;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.platform.limit.FairCache;
import io.plumbline.promptregistry.prompt.PromptChanged;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * The cache of serialised answers to requests for prompts. A hit reads no database. A change evicts
 * the answers of its prompt as soon as it commits here, or when its event arrives from another
 * replica. While Kafka is unavailable, an answer is at most {@link #MAX_AGE} old.
 */
class ResolvedPromptCache {

  static final Duration MAX_AGE = Duration.ofSeconds(30);
  static final long MAX_BYTES = 64L << 20;

  private record Key(String prompt, VersionSelector selector) {}

  private final FairCache<Key, ResolvedPrompt> answers;
  private final AtomicLong changes = new AtomicLong();

  ResolvedPromptCache(Ticker ticker, MeterRegistry meters) {
    this.answers =
        new FairCache<>(
            "resolved-prompts",
            MAX_BYTES,
            (key, answer) -> answer.body().length,
            MAX_AGE,
            ticker,
            meters);
  }

  /** Returns the answer if it is in memory. */
  Optional<ResolvedPrompt> find(UUID workspace, String prompt, VersionSelector versionSelector) {
    return answers.find(workspace, new Key(prompt, versionSelector));
  }

  /**
   * Returns the answer from memory, or loads it.
   *
   * @param load reads the answer from the database; an empty one is not cached
   */
  Optional<ResolvedPrompt> get(
      UUID workspace,
      String prompt,
      VersionSelector versionSelector,
      Supplier<Optional<ResolvedPrompt>> load) {
    Optional<ResolvedPrompt> cached = find(workspace, prompt, versionSelector);
    if (cached.isPresent()) {
      return cached;
    }
    long before = changes.get();
    Optional<ResolvedPrompt> loaded = load.get();
    loaded.ifPresent(answer -> cache(workspace, new Key(prompt, versionSelector), answer, before));
    return loaded;
  }

  @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
  public void on(PromptChanged change) {
    evict(change.workspace(), change.prompt());
  }

  void evict(UUID workspace, String prompt) {
    changes.incrementAndGet();
    answers.removeIf(workspace, key -> key.prompt().equals(prompt));
  }

  private void cache(UUID workspace, Key key, ResolvedPrompt answer, long before) {
    answers.put(workspace, key, answer);
    // A change that committed during the read may have evicted before this answer was put.
    if (changes.get() != before) {
      answers.remove(workspace, key);
    }
  }
}
