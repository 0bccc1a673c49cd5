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
 * @param actor the subject of the token; {@code system} for work that no person started
 * @param service whether the token belongs to a service rather than to a person
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
