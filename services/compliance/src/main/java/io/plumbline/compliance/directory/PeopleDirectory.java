package io.plumbline.compliance.directory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.web.client.RestClientException;

/**
 * Names the people of the caller's workspace. Answers are cached in memory for a short time, so
 * that a person removed from Keycloak soon disappears here too. One lookup at a time: it takes
 * milliseconds, and a Keycloak that hangs delays one request instead of all.
 */
@Service
public class PeopleDirectory {

  private static final Logger log = LoggerFactory.getLogger(PeopleDirectory.class);

  private static final int BOUND = 10_000;

  private final Keycloak keycloak;
  private final Clock clock;
  private final DirectorySettings settings;
  private final Cache<UUID, Optional<Account>> accounts;
  private final ReentrantLock lookup = new ReentrantLock();
  private volatile Instant unavailableUntil = Instant.EPOCH;

  PeopleDirectory(Keycloak keycloak, DirectorySettings settings, Clock clock) {
    this.keycloak = keycloak;
    this.clock = clock;
    this.settings = settings;
    this.accounts =
        Caffeine.newBuilder()
            .maximumSize(BOUND)
            .expireAfterWrite(settings.life())
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .build();
  }

  /** A person of another workspace is not found, as one who does not exist. */
  public PersonView get(UUID actor) {
    UUID workspace = Caller.current().workspace();
    return find(actor)
        .filter(account -> account.isKnownIn(workspace))
        .map(account -> PersonView.of(actor, account))
        .orElseThrow(Problem::notFound);
  }

  private Optional<Account> find(UUID actor) {
    Optional<Account> cached = accounts.getIfPresent(actor);
    if (cached != null) {
      return cached;
    }
    acquireLock();
    try {
      Optional<Account> meanwhile = accounts.getIfPresent(actor);
      return meanwhile != null ? meanwhile : fetch(actor);
    } finally {
      lookup.unlock();
    }
  }

  private Optional<Account> fetch(UUID actor) {
    requireAvailable();
    try {
      Optional<Account> answer = keycloak.find(actor);
      accounts.put(actor, answer);
      return answer;
    } catch (RestClientException e) {
      unavailableUntil = clock.instant().plus(settings.pause());
      log.warn("Keycloak did not answer a lookup of a person: {}", e.getMessage());
      throw unavailable();
    }
  }

  private void acquireLock() {
    requireAvailable();
    try {
      if (!lookup.tryLock(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
        throw unavailable();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable();
    }
  }

  /** After a failure, requests fail at once for a while instead of waiting. */
  private void requireAvailable() {
    if (clock.instant().isBefore(unavailableUntil)) {
      throw unavailable();
    }
  }

  private Problem unavailable() {
    return new Problem(
            CommonProblem.UNAVAILABLE,
            "Keycloak does not answer, so the name is not available; show the id, and try again in"
                + " a few seconds.")
        .retryAfter(settings.pause());
  }
}
