package io.plumbline.compliance.directory;

import java.util.UUID;

/**
 * Who is behind an actor.
 *
 * @param actor what services write down: the subject of the token
 * @param name as people say it; of a service, its own name
 * @param service whether it is a program
 */
public record PersonView(UUID actor, String name, String username, boolean service) {

  static PersonView of(UUID actor, Account account) {
    return new PersonView(actor, account.name(), account.username(), account.service());
  }
}
