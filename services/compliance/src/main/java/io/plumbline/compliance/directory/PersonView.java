package io.plumbline.compliance.directory;

import java.util.UUID;

/**
 * The person or service behind an actor's id.
 *
 * @param actor the id that services record: the subject of the token
 * @param name first and last name of a person, or the name of a service
 * @param service whether the actor is a service
 */
public record PersonView(UUID actor, String name, String username, boolean service) {

  static PersonView of(UUID actor, Account account) {
    return new PersonView(actor, account.name(), account.username(), account.service());
  }
}
