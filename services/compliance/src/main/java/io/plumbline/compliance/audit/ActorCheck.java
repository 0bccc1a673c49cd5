package io.plumbline.compliance.audit;

import io.plumbline.compliance.directory.PeopleDirectory;
import io.plumbline.contracts.InferenceEvent.ApiKeyCreated;
import io.plumbline.platform.web.Page;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Finds actors by their names, and warns of events whose actor nobody knows. It asks Keycloak, so
 * it is never called inside a transaction; while Keycloak does not answer there is no such warning.
 * A refused message has no actor. An API key is known by the entry of its creation.
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

  AuditEntry check(AuditEntry entry) {
    return !entry.warnings().contains(EntryWarning.NOT_AUTHENTIC) && isUnknown(entry.actor())
        ? entry.with(EntryWarning.UNKNOWN_ACTOR)
        : entry;
  }

  /**
   * Returns the actors whose entries are wanted.
   *
   * @param actor an id; blank for anybody's
   * @param person a name, or a part of one; blank for anybody's
   * @return null when neither restricts
   */
  @Nullable Set<String> named(@Nullable String actor, @Nullable String person) {
    String id = actor == null || actor.isBlank() ? null : actor;
    Set<String> found = person == null || person.isBlank() ? null : people.named(person);
    if (id == null) {
      return found;
    }
    return found == null || found.contains(id) ? Set.of(id) : Set.of();
  }

  private boolean isUnknown(String actor) {
    return actor.startsWith(API_KEY)
        ? !entries.has(ApiKeyCreated.class, actor.substring(API_KEY.length()))
        : people.isUnknown(actor);
  }

  Page<AuditEntry> check(Page<AuditEntry> page) {
    return page.map(this::check);
  }
}
