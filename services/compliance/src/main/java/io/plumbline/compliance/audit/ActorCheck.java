package io.plumbline.compliance.audit;

import io.plumbline.compliance.directory.PeopleDirectory;
import io.plumbline.platform.web.Page;
import org.springframework.stereotype.Component;

/**
 * Warns of events whose actor nobody knows. Asks Keycloak, so never inside a transaction; while
 * Keycloak does not answer there is no such warning. What was refused has no actor.
 */
@Component
class ActorCheck {

  private final PeopleDirectory people;

  ActorCheck(PeopleDirectory people) {
    this.people = people;
  }

  AuditEntry check(AuditEntry entry) {
    return !entry.warnings().contains(EntryWarning.NOT_AUTHENTIC) && people.isUnknown(entry.actor())
        ? entry.with(EntryWarning.UNKNOWN_ACTOR)
        : entry;
  }

  Page<AuditEntry> check(Page<AuditEntry> page) {
    return page.map(this::check);
  }
}
