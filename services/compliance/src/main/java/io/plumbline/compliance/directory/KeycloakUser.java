package io.plumbline.compliance.directory;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An account as Keycloak represents it; absent fields were never filled in. */
@JsonIgnoreProperties(ignoreUnknown = true)
record KeycloakUser(
    @Nullable UUID id,
    String username,
    @Nullable Boolean enabled,
    @Nullable String firstName,
    @Nullable String lastName,
    @Nullable Map<String, List<String>> attributes) {

  /** The attribute of accounts and groups that names a workspace. */
  static final String WORKSPACE = "workspace";

  private static final String SERVICE_ACCOUNT = "service-account-";

  boolean isService() {
    return username.startsWith(SERVICE_ACCOUNT);
  }

  boolean isDisabled() {
    return Boolean.FALSE.equals(enabled);
  }

  /**
   * Returns the account. It has a workspace if its own attribute and its groups name exactly one
   * value, as the token of its person has to.
   *
   * @param ofGroups the values of the attribute in its groups
   */
  Account account(Set<String> ofGroups) {
    Set<String> values = new HashSet<>(ofGroups);
    if (attributes != null) {
      values.addAll(attributes.getOrDefault(WORKSPACE, List.of()));
    }
    boolean service = isService();
    return new Account(
        username,
        service ? username.substring(SERVICE_ACCOUNT.length()) : name(),
        service,
        workspace(values));
  }

  private String name() {
    String whole =
        Stream.of(firstName, lastName)
            .filter(Objects::nonNull)
            .map(String::strip)
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(" "));
    return whole.isEmpty() ? username : whole;
  }

  private static @Nullable UUID workspace(Set<String> values) {
    try {
      return values.size() == 1 ? UUID.fromString(values.iterator().next()) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
