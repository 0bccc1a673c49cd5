package io.plumbline.compliance.identity;

import io.plumbline.contracts.ComplianceEvent.IdentityChanged;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An administrative event of Keycloak without its contents.
 *
 * @param workspaces the workspaces that its representation gives to an account
 */
record AdminEvent(IdentityChanged change, Set<UUID> workspaces) {

  private static final Pattern ACCOUNT = Pattern.compile("users/([0-9a-fA-F-]{36})(/.*)?");

  /** Returns the account that was changed; empty if the change concerns no single account. */
  Optional<UUID> account() {
    Matcher path = ACCOUNT.matcher(change.resource());
    try {
      return path.matches() ? Optional.of(UUID.fromString(path.group(1))) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Returns the subject of the ledger's entry: the account, or else the resource itself. */
  String subject() {
    return account().map(id -> "users/" + id).orElse(change.resource());
  }
}
