package io.plumbline.inference.apikey;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * The keys that were used here, in memory, so that a request asks no database. What others revoke
 * is read every {@code plumbline.api-keys.poll}, by one query whatever the number of keys: each
 * revocation has the next number, taken under a lock, so none is overlooked. While it cannot be
 * read, what is remembered goes on for {@code plumbline.api-keys.believed}, and then nothing does.
 *
 * <p>Only ids whose text bore the check of this installation are asked for, so guesses neither
 * reach the database nor take the place of keys that exist.
 */
@Component
class ApiKeyCache {

  static final int KEYS = 10_000;

  /** Revocations that are read at once; where there are more, everything is forgotten. */
  static final int REVOCATIONS = 1_000;

  /** After a failure the database is left alone for so long, and keys that need it are refused. */
  static final Duration PAUSE = Duration.ofSeconds(1);

  private static final Duration UNUSED = Duration.ofHours(1);
  private static final long NONE_READ = -1;
  private static final Logger log = LoggerFactory.getLogger(ApiKeyCache.class);

  /** Where keys are kept. */
  interface Source {

    Optional<CachedApiKey> find(UUID id);

    /** Those with a larger number than {@code after}, at most {@code most} of them. */
    Revocations revocations(long after, int most);
  }

  /**
   * @param number of the latest
   */
  record Revocations(long number, List<UUID> keys) {

    Revocations {
      keys = List.copyOf(keys);
    }
  }

  /** What is remembered cannot be believed any more, or what is not cannot be looked up. */
  static final class Unknowable extends RuntimeException {

    Unknowable(String message) {
      super(message);
    }
  }

  /**
   * @param key absent when no key has the id
   * @param era in which it was read
   */
  private record Remembered(Optional<CachedApiKey> key, long era) {}

  private final Source source;
  private final Duration believed;
  private final LongSupplier nanoTime;
  private final Cache<UUID, Remembered> keys =
      Caffeine.newBuilder().maximumSize(KEYS).expireAfterAccess(UNUSED).recordStats().build();

  private long read = NONE_READ;
  private volatile long era;
  private volatile long readAt;
  private volatile long failedAt;

  @Autowired
  ApiKeyCache(Source source, ApiKeySettings settings, MeterRegistry meters) {
    this(source, settings.believed(), System::nanoTime);
    CaffeineCacheMetrics.monitor(meters, keys, "api-keys");
  }

  /**
   * @param nanoTime as {@link System#nanoTime()}
   */
  ApiKeyCache(Source source, Duration believed, LongSupplier nanoTime) {
    this.source = source;
    this.believed = believed;
    this.nanoTime = nanoTime;
    this.readAt = nanoTime.getAsLong();
    this.failedAt = readAt - PAUSE.toNanos();
  }

  /**
   * @param id of a text that bears this installation's check
   * @throws Unknowable when nothing can be said at the moment
   */
  Optional<CachedApiKey> find(UUID id) {
    if (nanoTime.getAsLong() - readAt > believed.toNanos()) {
      throw new Unknowable("Revocations of API keys were not read for more than " + believed);
    }
    Remembered known = keys.asMap().computeIfAbsent(id, this::load);
    if (known.era != era) {
      known = keys.asMap().compute(id, (key, former) -> load(key));
    }
    return Objects.requireNonNull(known).key;
  }

  private Remembered load(UUID id) {
    // Those who waited for the one that failed do not wait for the database one after another.
    if (nanoTime.getAsLong() - failedAt < PAUSE.toNanos()) {
      throw new Unknowable("The API key cannot be looked up");
    }
    // Before it is read: if everything is forgotten meanwhile, this is, too.
    long now = era;
    try {
      return new Remembered(source.find(id), now);
    } catch (DataAccessException | TransactionException e) {
      failedAt = nanoTime.getAsLong();
      log.warn("An API key was not looked up: {}", e.toString());
      throw new Unknowable("The API key cannot be looked up");
    }
  }

  /**
   * Waits for a lookup of the key that is under way, since what was read before the revocation
   * would be remembered after it otherwise.
   */
  void forget(UUID id) {
    keys.asMap().compute(id, (key, known) -> null);
  }

  /** Forgets what was revoked since it was called last. */
  synchronized void poll() {
    long started = nanoTime.getAsLong();
    Revocations since = source.revocations(read, REVOCATIONS);
    boolean followsOn = read != NONE_READ && since.number >= read;
    if (followsOn && since.keys.size() < REVOCATIONS) {
      since.keys.forEach(this::forget);
    } else {
      era++;
    }
    read = since.number;
    readAt = started;
  }
}
