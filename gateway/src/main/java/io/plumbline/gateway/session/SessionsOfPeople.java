package io.plumbline.gateway.session;

import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.core.session.InMemoryReactiveSessionRegistry;
import org.springframework.security.core.session.ReactiveSessionInformation;
import org.springframework.security.core.session.ReactiveSessionRegistry;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The sessions of each person, by name. To Spring's own registry the same person is another one
 * with each ID token. It is for sessions in memory; those in Redis are found by name there.
 */
final class SessionsOfPeople implements ReactiveSessionRegistry {

  private final ReactiveSessionRegistry byName = new InMemoryReactiveSessionRegistry();

  @Override
  public Flux<ReactiveSessionInformation> getAllSessions(Object principal) {
    return byName.getAllSessions(name(principal));
  }

  @Override
  public Mono<Void> saveSessionInformation(ReactiveSessionInformation session) {
    return byName.saveSessionInformation(
        new ReactiveSessionInformation(
            name(session.getPrincipal()), session.getSessionId(), session.getLastAccessTime()));
  }

  @Override
  public Mono<ReactiveSessionInformation> getSessionInformation(String sessionId) {
    return byName.getSessionInformation(sessionId);
  }

  @Override
  public Mono<ReactiveSessionInformation> removeSessionInformation(String sessionId) {
    return byName.removeSessionInformation(sessionId);
  }

  @Override
  public Mono<ReactiveSessionInformation> updateLastAccessTime(String sessionId) {
    return byName.updateLastAccessTime(sessionId);
  }

  private static String name(Object principal) {
    if (principal instanceof AuthenticatedPrincipal person) {
      return person.getName();
    }
    return principal.toString();
  }
}
