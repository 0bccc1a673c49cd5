package io.plumbline.tokens;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.net.URL;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of a realm. Tokens that name a known key need no fetch. The keys are fetched
 * again in the background while they are in use, and a token that names an unknown key fetches them
 * at once, unless another such token did so a moment ago. Neither takes the turn of the other, so
 * that a key that is new is found within seconds however many key ids are invented. While the realm
 * is unavailable, its last known keys stay in use.
 */
final class RealmKeys implements JWKSource<SecurityContext> {

  /** The shortest time between two fetches for unknown key ids. */
  static final Duration UNKNOWN_INTERVAL = Duration.ofSeconds(5);

  /** The time between two fetches in the background. */
  static final Duration REFRESH_INTERVAL = Duration.ofSeconds(30);

  /** The time for which keys stay in use that cannot be fetched again. */
  static final Duration LONGEST_OUTAGE = Duration.ofHours(12);

  /** The shortest time between two fetches while no keys are known. */
  private static final Duration RETRY_INTERVAL = Duration.ofSeconds(1);

  /** The tokens with unknown key ids that wait for a fetch; any others are refused at once. */
  private static final int MAX_WAITING = 16;

  /** The keys of one fetch. */
  private record Fetched(JWKSet keys, long at) {}

  private final URL url;
  private final ResourceRetriever retriever;
  private final LongSupplier nanoTime;
  private final ReentrantLock fetching = new ReentrantLock();
  private final Semaphore waiting = new Semaphore(MAX_WAITING);
  private final AtomicLong refreshed;
  private volatile long askedForUnknown;
  private long failed;
  private volatile @Nullable Fetched newest;

  /**
   * @param nanoTime the time as {@link System#nanoTime()} returns it
   */
  RealmKeys(URL url, ResourceRetriever retriever, LongSupplier nanoTime) {
    this.url = url;
    this.retriever = retriever;
    this.nanoTime = nanoTime;
    long now = nanoTime.getAsLong();
    this.refreshed = new AtomicLong(now);
    this.askedForUnknown = now - UNKNOWN_INTERVAL.toNanos();
    this.failed = now - RETRY_INTERVAL.toNanos();
  }

  @Override
  public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context)
      throws KeySourceException {
    Fetched known = newest;
    if (known == null || hasPassed(LONGEST_OUTAGE, known.at)) {
      known = fetchFirst();
    } else {
      refreshInBackground();
    }
    List<JWK> found = selector.select(known.keys);
    return found.isEmpty() ? selector.select(fetchForUnknown(known).keys) : found;
  }

  private boolean hasPassed(Duration interval, long since) {
    return nanoTime.getAsLong() - since >= interval.toNanos();
  }

  private Fetched fetchFirst() throws JWKSetUnavailableException {
    fetching.lock();
    try {
      Fetched known = newest;
      if (known != null && !hasPassed(LONGEST_OUTAGE, known.at)) {
        return known;
      }
      if (!hasPassed(RETRY_INTERVAL, failed)) {
        throw new JWKSetUnavailableException("The realm's keys could not be fetched a moment ago");
      }
      return fetch();
    } catch (IOException | ParseException e) {
      failed = nanoTime.getAsLong();
      throw new JWKSetUnavailableException("The realm's keys cannot be fetched", e);
    } finally {
      fetching.unlock();
    }
  }

  private void refreshInBackground() {
    long last = refreshed.get();
    if (hasPassed(REFRESH_INTERVAL, last) && refreshed.compareAndSet(last, nanoTime.getAsLong())) {
      Thread.ofVirtual().name("realm-keys").start(this::refresh);
    }
  }

  private void refresh() {
    fetching.lock();
    try {
      fetch();
    } catch (IOException | ParseException e) {
      // The known keys stay in use, and the next fetch is soon.
    } finally {
      fetching.unlock();
    }
  }

  /**
   * Returns the keys after a token named a key that is not among some.
   *
   * @return newer keys, or the given ones where it was asked a moment ago
   */
  private Fetched fetchForUnknown(Fetched known) {
    boolean due = hasPassed(UNKNOWN_INTERVAL, askedForUnknown);
    if ((!due && !fetching.isLocked()) || !waiting.tryAcquire()) {
      return known;
    }
    fetching.lock();
    try {
      Fetched other = newest;
      if (other != null && !other.equals(known)) {
        return other;
      }
      if (!hasPassed(UNKNOWN_INTERVAL, askedForUnknown)) {
        return known;
      }
      askedForUnknown = nanoTime.getAsLong();
      return fetch();
    } catch (IOException | ParseException e) {
      return known;
    } finally {
      fetching.unlock();
      waiting.release();
    }
  }

  private Fetched fetch() throws IOException, ParseException {
    JWKSet keys = JWKSet.parse(retriever.retrieveResource(url).getContent());
    Fetched fetched = new Fetched(keys, nanoTime.getAsLong());
    newest = fetched;
    return fetched;
  }
}
