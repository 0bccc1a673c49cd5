package io.plumbline.platform.identity;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * The caller on whose behalf the current thread works.
 *
 * @param workspace the only workspace whose rows the database shows; {@link #NO_WORKSPACE} shows
 *     none
 * @param actor who is recorded: the subject of the token, or the person whom a service states;
 *     {@code system} for work of this service itself
 * @param name the name of the person; for the token of a service, its client id
 * @param service whether a service works rather than a person who is authenticated
 */
public record Caller(UUID workspace, String actor, String name, Set<Role> roles, boolean service) {

  public static final UUID NO_WORKSPACE = new UUID(0, 0);
  public static final String SYSTEM = "system";

  public Caller {
    roles = Set.copyOf(roles);
  }

  /** Returns the caller for work that a service does on its own in one workspace. */
  public static Caller system(UUID workspace) {
    return new Caller(workspace, SYSTEM, SYSTEM, Set.of(Role.SERVICE), true);
  }

  /**
   * Returns the caller for the part of a job that is recorded under the person who requested it.
   * The person is data of the job and no longer present: the caller has no role, and no other
   * service learns of the person.
   */
  public static Caller requester(UUID workspace, String actor) {
    return new Caller(workspace, actor, actor, Set.of(), true);
  }

  public static Caller current() {
    return find().orElseThrow(() -> new IllegalStateException("No caller is bound to this thread"));
  }

  public static Optional<Caller> find() {
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    if (authentication instanceof CallerAuthentication known) {
      return Optional.of(known.getPrincipal());
    }
    return Optional.empty();
  }

  public CallerId id() {
    return new CallerId(workspace, actor);
  }

  public boolean hasRole(Role role) {
    return roles.contains(role);
  }

  public void run(Runnable work) {
    SecurityContext former = bind();
    try {
      work.run();
    } finally {
      SecurityContextHolder.setContext(former);
    }
  }

  public <T> T call(Callable<T> work) throws Exception {
    SecurityContext former = bind();
    try {
      return work.call();
    } finally {
      SecurityContextHolder.setContext(former);
    }
  }

  private SecurityContext bind() {
    SecurityContext former = SecurityContextHolder.getContext();
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(new CallerAuthentication(this));
    SecurityContextHolder.setContext(context);
    return former;
  }
}
