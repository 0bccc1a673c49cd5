package io.plumbline.compliance.directory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.web.client.RestClientException;

/**
 * Finds the names of people of the caller's workspace, and people by their names, in Keycloak.
 * Accounts are cached in memory for a short time, so that a person removed from Keycloak soon
 * disappears here too. One call of Keycloak runs at a time, because it takes milliseconds and a
 * Keycloak that hangs then occupies one request instead of all.
 */
@Service
public class PeopleDirectory {

  private static final Logger log = LoggerFactory.getLogger(PeopleDirectory.class);

  private static final int MAX_CACHED = 10_000;
  private static final int MAX_CACHED_ROLES = 100;

  /** The largest number of accounts that one search reads. */
  static final int MAX_FOUND = 200;

  private record RoleKey(UUID workspace, Role role) {}

  private final Keycloak keycloak;
  private final DirectorySettings settings;
  private final Cache<UUID, Optional<Account>> accounts;
  private final Cache<RoleKey, RoleHolders> people;
  private final Cache<UUID, HeldRoles> held;
  private final CircuitBreaker breaker;
  private final ReentrantLock lookup = new ReentrantLock();

  PeopleDirectory(Keycloak keycloak, DirectorySettings settings, Clock clock) {
    this.keycloak = keycloak;
    this.settings = settings;
    this.accounts = cache(MAX_CACHED, settings, clock);
    this.people = cache(MAX_CACHED_ROLES, settings, clock);
    this.held = cache(MAX_CACHED_ROLES, settings, clock);
    this.breaker = CircuitBreaker.of("keycloak", breakerConfig(settings.pause(), clock));
  }

  private static <K, V> Cache<K, V> cache(int size, DirectorySettings settings, Clock clock) {
    return Caffeine.newBuilder()
        .maximumSize(size)
        .expireAfterWrite(settings.life())
        .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
        .build();
  }

  /**
   * Configures that after one failed call of Keycloak further calls fail at once for a while,
   * instead of waiting.
   */
  private static CircuitBreakerConfig breakerConfig(Duration pause, Clock clock) {
    return CircuitBreakerConfig.custom()
        .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
        .slidingWindowSize(1)
        .minimumNumberOfCalls(1)
        .failureRateThreshold(100)
        .recordExceptions(RestClientException.class)
        .waitDurationInOpenState(pause)
        .permittedNumberOfCallsInHalfOpenState(1)
        // A slow answer is not a failure; the timeout of the lookup limits how slow it can be.
        .slowCallDurationThreshold(Duration.ofDays(1))
        .clock(clock)
        .build();
  }

  /**
   * Returns the person or service behind an id. A person of another workspace is reported as not
   * found, just as one who does not exist.
   *
   * @throws Problem 404 if the workspace has nobody with this id, 503 if Keycloak does not answer
   */
  public PersonView get(UUID actor) {
    UUID workspace = Caller.current().workspace();
    return findAccount(actor)
        .filter(account -> account.isVisibleIn(workspace))
        .map(account -> PersonView.of(actor, account))
        .orElseThrow(Problem::notFound);
  }

  /**
   * Returns whether the caller's workspace has nobody with this id. While Keycloak does not answer,
   * only a text that is no id is reported as unknown.
   */
  public boolean isUnknown(String actor) {
    if (actor.equals(Caller.SYSTEM)) {
      return false;
    }
    UUID workspace = Caller.current().workspace();
    try {
      return findAccount(UUID.fromString(actor))
          .filter(account -> account.isVisibleIn(workspace))
          .isEmpty();
    } catch (IllegalArgumentException e) {
      return true;
    } catch (Problem unavailable) {
      return false;
    }
  }

  /**
   * Returns the workspace of an account; empty if it has none or does not exist.
   *
   * @throws Problem 503 if Keycloak does not answer
   */
  public Optional<UUID> findWorkspaceOf(UUID account) {
    return findAccount(account).flatMap(each -> Optional.ofNullable(each.workspace()));
  }

  /** Derives the address of Keycloak's admin API from the token endpoint, if that is Keycloak's. */
  public static Optional<URI> adminApiOf(@Nullable URI tokenUri) {
    return Optional.ofNullable(Keycloak.adminApiOf(tokenUri));
  }

  /**
   * Returns the ids of those people and services of the caller's workspace that {@link
   * Keycloak#searchAccounts} finds and whose username or name contains every word of the text, as
   * {@link Account#containsWordsOf} decides. A text that occurs in an email address alone finds
   * nobody, because only names are shown.
   *
   * @throws Problem 400 if so many accounts match that some could be missed, 503 if Keycloak does
   *     not answer
   */
  public Set<String> findIdsByName(String text) {
    UUID workspace = Caller.current().workspace();
    Map<UUID, Account> accounts = searchAccounts(text.strip());
    if (accounts.size() >= MAX_FOUND) {
      throw Problem.invalid(
          "person",
          "matches the names of %d accounts or more; enter more of the name".formatted(MAX_FOUND));
    }
    Set<String> ids = new TreeSet<>();
    accounts.forEach((id, account) -> {
      if (account.containsWordsOf(text) && isVisible(id, account, workspace)) {
        ids.add(id.toString());
      }
    });
    return ids;
  }

  /** Returns whether a workspace may see the name of an account that a search found. */
  private boolean isVisible(UUID id, Account found, UUID workspace) {
    if (found.workspace() == null && !found.service()) {
      return findAccount(id).filter(account -> account.isVisibleIn(workspace)).isPresent();
    }
    return found.isVisibleIn(workspace);
  }

  /**
   * The people of a workspace who have a role, by name.
   *
   * @param complete whether the list is complete. People may be missing in a workspace with very
   *     many accounts, when Keycloak is slow, or when it knows nobody of the workspace
   */
  public record RoleHolders(List<PersonView> people, boolean complete) {}

  /**
   * Returns the people of the caller's workspace who have a role. The requests about all accounts
   * together may take as long as a single request. The answer is cached for a short time.
   *
   * @throws Problem 503 if Keycloak does not answer
   */
  public RoleHolders findByRole(Role role) {
    RoleKey key = new RoleKey(Caller.current().workspace(), role);
    RoleHolders cached = people.getIfPresent(key);
    if (cached != null) {
      return cached;
    }
    RoleHolders found = callKeycloak(() -> fetchByRole(key));
    people.put(key, found);
    return found;
  }

  /** Returns the people who have a role as far as they are known: nobody if Keycloak is down. */
  public RoleHolders findKnownByRole(Role role) {
    try {
      return findByRole(role);
    } catch (Problem unavailable) {
      return new RoleHolders(List.of(), false);
    }
  }

  /**
   * The roles that people of a workspace hold by themselves or by a group.
   *
   * @param complete whether every account was read; otherwise a role that is missing may be held
   */
  public record HeldRoles(Set<Role> roles, boolean complete) {}

  /**
   * Returns the roles that people of a workspace hold. The requests about all accounts together may
   * take as long as a single request. The answer is cached for a short time.
   *
   * @throws Problem 503 if Keycloak does not answer
   */
  public HeldRoles findHeldRoles(UUID workspace) {
    HeldRoles cached = held.getIfPresent(workspace);
    if (cached != null) {
      return cached;
    }
    HeldRoles found = callKeycloak(() -> fetchHeldRoles(workspace));
    held.put(workspace, found);
    return found;
  }

  private HeldRoles fetchHeldRoles(UUID workspace) {
    long start = System.nanoTime();
    Keycloak.Members members = keycloak.findAccountsOf(workspace, MAX_FOUND);
    boolean complete = members.complete();
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (Map.Entry<UUID, Account> each : members.accounts().entrySet()) {
      if (System.nanoTime() - start > settings.timeout().toNanos()) {
        complete = false;
        break;
      }
      if (!each.getValue().service() && each.getValue().isVisibleIn(workspace)) {
        Set<Role> more = EnumSet.noneOf(Role.class);
        keycloak.rolesOf(each.getKey()).forEach(name -> Role.fromClaim(name).ifPresent(more::add));
        if (!roles.containsAll(more) && worksIn(workspace, each.getKey())) {
          roles.addAll(more);
        }
      }
    }
    return new HeldRoles(roles, complete);
  }

  private RoleHolders fetchByRole(RoleKey key) {
    long start = System.nanoTime();
    Keycloak.Members members = keycloak.findAccountsOf(key.workspace, MAX_FOUND);
    boolean complete = members.complete() && !members.accounts().isEmpty();
    List<PersonView> found = new ArrayList<>();
    for (Map.Entry<UUID, Account> candidate : members.accounts().entrySet()) {
      if (System.nanoTime() - start > settings.timeout().toNanos()) {
        complete = false;
        break;
      }
      Account account = candidate.getValue();
      if (!account.service()
          && account.isVisibleIn(key.workspace)
          && keycloak.rolesOf(candidate.getKey()).contains(key.role.claim())
          && worksIn(key.workspace, candidate.getKey())) {
        found.add(PersonView.of(candidate.getKey(), account));
      }
    }
    found.sort(Comparator.comparing(PersonView::name));
    return new RoleHolders(List.copyOf(found), complete);
  }

  /**
   * Returns whether an account works in a workspace. Who is given two workspaces, by attribute and
   * groups, works in neither.
   */
  private boolean worksIn(UUID workspace, UUID account) {
    return keycloak.findAccount(account).filter(each -> each.isVisibleIn(workspace)).isPresent();
  }

  private Map<UUID, Account> searchAccounts(String text) {
    return callKeycloak(() -> keycloak.searchAccounts(text, MAX_FOUND));
  }

  private <T> T callKeycloak(Supplier<T> search) {
    acquireLock();
    try {
      return breaker.executeSupplier(search);
    } catch (CallNotPermittedException open) {
      throw unavailableProblem();
    } catch (RestClientException e) {
      log.warn(
          "A search for people in Keycloak failed, so nobody is found by it. Keycloak is not called"
              + " for the next {} s; searches in that time fail too: {}",
          settings.pause().toSeconds(),
          e.getMessage());
      throw unavailableProblem();
    } finally {
      lookup.unlock();
    }
  }

  private Optional<Account> findAccount(UUID actor) {
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
    try {
      Optional<Account> answer = breaker.executeSupplier(() -> keycloak.findAccount(actor));
      accounts.put(actor, answer);
      return answer;
    } catch (CallNotPermittedException open) {
      throw unavailableProblem();
    } catch (RestClientException e) {
      log.warn(
          "Account {} could not be read from Keycloak, so its name is not shown. Keycloak is not"
              + " called for the next {} s; only cached names are shown in that time: {}",
          actor,
          settings.pause().toSeconds(),
          e.getMessage());
      throw unavailableProblem();
    }
  }

  private void acquireLock() {
    try {
      if (!lookup.tryLock(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
        throw unavailableProblem();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailableProblem();
    }
  }

  private Problem unavailableProblem() {
    return new Problem(
            CommonProblem.UNAVAILABLE,
            "Keycloak does not answer, so names of people are not available. Show or search ids"
                + " instead, or try again in a few seconds.")
        .retryAfter(settings.pause());
  }
}
