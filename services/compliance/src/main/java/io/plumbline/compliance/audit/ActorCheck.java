package io.plumbline.compliance.audit;

import io.plumbline.compliance.directory.PeopleDirectory;
import io.plumbline.contracts.InferenceEvent.ApiKeyCreated;
import io.plumbline.platform.web.Page;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Finds actors by their names and warns of events whose actor is unknown. It calls Keycloak, so it
 * must not be called inside a transaction. While Keycloak does not answer, it gives no warnings. A
 * refused message has no actor. An API key is known if the ledger has the entry of its creation.
 */
@Component
class ActorCheck {

  private static final String API_KEY = "api-key:";

  private final PeopleDirectory people;
  private final AuditSearch entries;

  ActorCheck(PeopleDirectory people, AuditSearch entries) {
    this.people = people;
    this.entries = entries;
  }

  /** Returns an entry with a warning if its actor is unknown. */
  AuditEntry withActorWarnings(AuditEntry entry) {
    boolean refused = entry.warnings().contains(EntryWarning.NOT_AUTHENTIC);
    if (refused || !isUnknown(entry.actor())) {
      return entry;
    }
    return entry.withWarning(EntryWarning.UNKNOWN_ACTOR);
  }

  /**
   * Returns the actors whose entries a search is restricted to.
   *
   * @param actor the id of an actor; blank for every actor
   * @param person a name, or a part of one; blank for every person
   * @return the ids; null if neither parameter restricts the search
   */
  @Nullable Set<String> actorIds(@Nullable String actor, @Nullable String person) {
    Set<String> found = person == null || person.isBlank() ? null : people.findIdsByName(person);
    if (actor == null || actor.isBlank()) {
      return found;
    }
    if (found == null || found.contains(actor)) {
      return Set.of(actor);
    }
    return Set.of();
  }

  private boolean isUnknown(String actor) {
    if (actor.startsWith(API_KEY)) {
      return !entries.hasEvent(ApiKeyCreated.class, actor.substring(API_KEY.length()));
    }
    return people.isUnknown(actor);
  }

  Page<AuditEntry> withActorWarnings(Page<AuditEntry> page) {
    return page.map(this::withActorWarnings);
  }
}
