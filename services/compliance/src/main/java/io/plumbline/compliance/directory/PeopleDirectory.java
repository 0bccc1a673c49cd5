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
 * Names the people of the caller's workspace. Answers live in memory and not for long, so that
 * whoever is removed from Keycloak is soon nobody here too. One question at a time: an answer takes
 * milliseconds, and a Keycloak that hangs holds up one request instead of all.
 */
@Service
public class PeopleDirectory {

  private static final Logger log = LoggerFactory.getLogger(PeopleDirectory.class);

  private static final int BOUND = 10_000;

  private final Keycloak keycloak;
  private final Clock clock;
  private final DirectorySettings settings;
  private final Cache<UUID, Optional<Account>> known;
  private final ReentrantLock turn = new ReentrantLock();
  private volatile Instant awayUntil = Instant.EPOCH;

  PeopleDirectory(Keycloak keycloak, DirectorySettings settings, Clock clock) {
    this.keycloak = keycloak;
    this.clock = clock;
    this.settings = settings;
    this.known =
        Caffeine.newBuilder()
            .maximumSize(BOUND)
            .expireAfterWrite(settings.life())
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .build();
  }

  /** Whoever belongs to another workspace is as unknown as one who does not exist. */
  public PersonView get(UUID actor) {
    UUID workspace = Caller.current().workspace();
    return find(actor)
        .filter(account -> account.isKnownIn(workspace))
        .map(account -> PersonView.of(actor, account))
        .orElseThrow(Problem::notFound);
  }

  private Optional<Account> find(UUID actor) {
    Optional<Account> remembered = known.getIfPresent(actor);
    if (remembered != null) {
      return remembered;
    }
    awaitTurn();
    try {
      Optional<Account> meanwhile = known.getIfPresent(actor);
      return meanwhile != null ? meanwhile : ask(actor);
    } finally {
      turn.unlock();
    }
  }

  private Optional<Account> ask(UUID actor) {
    requirePresent();
    try {
      Optional<Account> answer = keycloak.find(actor);
      known.put(actor, answer);
      return answer;
    } catch (RestClientException away) {
      awayUntil = clock.instant().plus(settings.pause());
      log.warn("Keycloak does not tell who people are: {}", away.getMessage());
      throw away();
    }
  }

  private void awaitTurn() {
    requirePresent();
    try {
      if (!turn.tryLock(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
        throw away();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw away();
    }
  }

  /** After a failure nobody waits for the next one for a while. */
  private void requirePresent() {
    if (clock.instant().isBefore(awayUntil)) {
      throw away();
    }
  }

  private Problem away() {
    return new Problem(
            CommonProblem.UNAVAILABLE,
            "The identity provider does not answer, so show the id and ask again in a moment.")
        .retryAfter(settings.pause());
  }
}
