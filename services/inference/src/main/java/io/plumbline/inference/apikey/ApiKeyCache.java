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
 * An in-memory cache of the API keys that were used in this process, so that a request does not
 * read the database. Every {@code plumbline.api-keys.poll} one query, whatever the number of keys,
 * reads the revocations of all replicas. Each revocation takes the next number under a lock, so
 * none is overlooked. While revocations cannot be read, cached keys stay valid for {@code
 * plumbline.api-keys.believed}; after that no key is.
 *
 * <p>Only ids whose text carried the check of this installation are looked up, so guesses neither
 * reach the database nor push existing keys out of the cache.
 */
@Component
class ApiKeyCache {

  static final int KEYS = 10_000;

  /** The most revocations that a poll reads; a poll that reads so many clears the cache. */
  static final int REVOCATIONS = 1_000;

  /** The time after a failed lookup in which keys that are not cached are refused at once. */
  static final Duration PAUSE = Duration.ofSeconds(1);

  private static final Duration UNUSED = Duration.ofHours(1);
  private static final String LOOKUP_FAILED =
      "The API key cannot be looked up at the moment. Try again in a second.";
  private static final long NONE_READ = -1;
  private static final Logger log = LoggerFactory.getLogger(ApiKeyCache.class);

  /** The store of the keys. */
  interface Source {

    Optional<CachedApiKey> find(UUID id);

    /** Returns the revocations with a number above {@code after}, at most {@code most}. */
    Revocations revocations(long after, int most);
  }

  /**
   * Keys that were revoked.
   *
   * @param number the number of the latest revocation
   */
  record Revocations(long number, List<UUID> keys) {

    Revocations {
      keys = List.copyOf(keys);
    }
  }

  /** Thrown when the cached keys are too old to be trusted, or a key cannot be looked up. */
  static final class Unverifiable extends RuntimeException {

    Unverifiable(String message) {
      super(message);
    }
  }

  /**
   * The result of a lookup.
   *
   * @param key absent when no key has the id
   * @param era the era in which the key was read; in a later era the key is looked up again
   */
  private record Lookup(Optional<CachedApiKey> key, long era) {}

  private final Source source;
  private final Duration maxAge;
  private final LongSupplier nanoTime;
  private final Cache<UUID, Lookup> keys =
      Caffeine.newBuilder().maximumSize(KEYS).expireAfterAccess(UNUSED).recordStats().build();

  /** The number of the latest revocation that was read. */
  private long lastRevocation = NONE_READ;

  /** The number of times that all cached keys were made invalid. */
  private volatile long era;

  private volatile long readAt;
  private volatile long failedAt;

  @Autowired
  ApiKeyCache(Source source, ApiKeySettings settings, MeterRegistry meters) {
    this(source, settings.believed(), System::nanoTime);
    CaffeineCacheMetrics.monitor(meters, keys, "api-keys");
  }

  /**
   * Creates a cache with its own time.
   *
   * @param maxAge how long cached keys stay valid while revocations cannot be read
   * @param nanoTime a clock like {@link System#nanoTime()}
   */
  ApiKeyCache(Source source, Duration maxAge, LongSupplier nanoTime) {
    this.source = source;
    this.maxAge = maxAge;
    this.nanoTime = nanoTime;
    this.readAt = nanoTime.getAsLong();
    this.failedAt = readAt - PAUSE.toNanos();
  }

  /**
   * Finds a key by its id.
   *
   * @param id the id of a text that carries this installation's check
   * @throws Unverifiable when the key can be neither confirmed nor refused at the moment
   */
  Optional<CachedApiKey> find(UUID id) {
    if (nanoTime.getAsLong() - readAt > maxAge.toNanos()) {
      throw new Unverifiable(
          "API keys cannot be checked at the moment, because revocations were not read for more"
              + " than %d seconds. Try again later.".formatted(maxAge.toSeconds()));
    }
    Lookup known = keys.asMap().computeIfAbsent(id, this::load);
    if (known.era != era) {
      known = keys.asMap().compute(id, (key, former) -> load(key));
    }
    return Objects.requireNonNull(known).key;
  }

  private Lookup load(UUID id) {
    // Callers that waited for a failed lookup do not wait for the database one after another.
    if (nanoTime.getAsLong() - failedAt < PAUSE.toNanos()) {
      throw new Unverifiable(LOOKUP_FAILED);
    }
    // The era is noted before the key is read, so that clearing the cache meanwhile covers it.
    long now = era;
    try {
      return new Lookup(source.find(id), now);
    } catch (DataAccessException | TransactionException e) {
      failedAt = nanoTime.getAsLong();
      log.warn(
          "API key {} could not be looked up in the database. Calls with keys that are not cached"
              + " are refused for {}: {}",
          KeySecrets.publicStart(id),
          PAUSE,
          e.toString());
      throw new Unverifiable(LOOKUP_FAILED);
    }
  }

  /**
   * Removes a key from the cache. It waits for a lookup of the key that is under way; otherwise a
   * value that was read before the revocation would be cached after it.
   */
  void forget(UUID id) {
    keys.asMap().compute(id, (key, known) -> null);
  }

  /**
   * Removes the keys that were revoked since the last poll. It makes all keys invalid where it does
   * not know which ones were revoked.
   */
  synchronized void pollRevocations() {
    long started = nanoTime.getAsLong();
    Revocations since = source.revocations(lastRevocation, REVOCATIONS);
    boolean followsOn = lastRevocation != NONE_READ && since.number >= lastRevocation;
    if (followsOn && since.keys.size() < REVOCATIONS) {
      since.keys.forEach(this::forget);
    } else {
      era++;
    }
    lastRevocation = since.number;
    readAt = started;
  }
}
