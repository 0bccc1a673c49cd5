package io.plumbline.promptregistry.resolution;

import io.plumbline.promptregistry.prompt.PromptChanged;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Answers in memory. A hit touches no database; a change empties what it concerns as soon as it
 * commits here, or as its event arrives from another replica. Should Kafka be away, an answer is at
 * most {@link #MAX_AGE} old.
 */
@Component
class ResolvedPrompts {

  static final Duration MAX_AGE = Duration.ofSeconds(30);
  private static final int MAX_ENTRIES = 20_000;

  private record Key(UUID workspace, String prompt, String selector) {}

  private record Entry(ResolvedPrompt answer, Instant until) {}

  private final ConcurrentHashMap<Key, Entry> entries = new ConcurrentHashMap<>();
  private final AtomicLong changes = new AtomicLong();
  private final Clock clock;

  ResolvedPrompts(Clock clock) {
    this.clock = clock;
  }

  /**
   * @param load reads the answer from the database; nothing is remembered of an empty one
   */
  public Optional<ResolvedPrompt> get(
      UUID workspace, String prompt, String selector, Supplier<Optional<ResolvedPrompt>> load) {
    Key key = new Key(workspace, prompt, selector);
    Entry known = entries.get(key);
    if (known != null && clock.instant().isBefore(known.until())) {
      return Optional.of(known.answer());
    }
    long before = changes.get();
    Optional<ResolvedPrompt> loaded = load.get();
    loaded.ifPresent(answer -> remember(key, answer, before));
    return loaded;
  }

  @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
  public void on(PromptChanged change) {
    forget(change.workspace(), change.prompt());
  }

  void forget(UUID workspace, String prompt) {
    changes.incrementAndGet();
    entries
        .keySet()
        .removeIf(key -> key.workspace().equals(workspace) && key.prompt().equals(prompt));
  }

  private void remember(Key key, ResolvedPrompt answer, long before) {
    if (entries.size() >= MAX_ENTRIES) {
      entries.clear();
    }
    Entry entry = new Entry(answer, clock.instant().plus(MAX_AGE));
    entries.put(key, entry);
    // A change that committed while we read may have emptied the place before we filled it with
    // what was read before.
    if (changes.get() != before) {
      entries.remove(key, entry);
    }
  }
}
