package io.plumbline.compliance.directory;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.plumbline.platform.client.ServiceTokenInterceptor;
import io.plumbline.platform.identity.SecuritySettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * Calls Keycloak's admin REST API: {@code GET /admin/realms/{realm}/users}, by id, by a search and
 * by workspace, the roles of a user, and the groups that give people a workspace. Keycloak's admin
 * client library is not used because it would bring another HTTP stack for these calls. The
 * service's account needs the role {@code view-users} of {@code realm-management}.
 */
@Component
class Keycloak {

  private static final Pattern TOKEN_ENDPOINT =
      Pattern.compile("(.+)/realms/([^/]+)/protocol/openid-connect/token");

  /**
   * The accounts that a workspace is given to.
   *
   * @param complete whether none may be missing
   */
  record Members(Map<UUID, Account> accounts, boolean complete) {}

  /** A role of a user as Keycloak represents it. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record RealmRole(String name) {}

  private final @Nullable RestClient realm;
  private final @Nullable KeycloakGroups groups;

  Keycloak(
      DirectorySettings settings,
      SecuritySettings security,
      ServiceTokenInterceptor authorization,
      RestClient.Builder builder) {
    URI address = settings.url() == null ? adminApiOf(security.tokenUri()) : settings.url();
    this.realm = address == null ? null : client(address, settings, authorization, builder);
    this.groups = realm == null ? null : new KeycloakGroups(realm);
  }

  /**
   * Finds an account by its id, in the workspace that its own attribute and its groups name.
   *
   * @return the account; empty if none has this id or no identity provider is configured
   * @throws RestClientException if Keycloak is unavailable or refuses the call
   */
  Optional<Account> findAccount(UUID id) {
    if (realm == null || groups == null) {
      return Optional.empty();
    }
    try {
      KeycloakUser user =
          requireBody(realm.get().uri("/users/{id}", id).retrieve().body(KeycloakUser.class));
      return Optional.of(
          user.isService() ? user.account(Set.of()) : user.account(groups.workspacesOf(id)));
    } catch (HttpClientErrorException.NotFound e) {
      return Optional.empty();
    }
  }

  /**
   * Finds the accounts, of all workspaces, whose username, names or address match every word of a
   * text as a prefix. One that has its workspace by a group is reported without workspace.
   *
   * @param max the maximum number of accounts
   * @throws RestClientException if Keycloak is unavailable or refuses the call
   */
  Map<UUID, Account> searchAccounts(String text, int max) {
    return findAccounts("search={text}&max={max}", text, max);
  }

  /**
   * Finds the accounts that are not disabled and whose own attribute or one of whose groups names a
   * workspace. One that is given another workspace, too, may be among them.
   *
   * @param max the number of accounts and of groups at which the search stops
   * @throws RestClientException if Keycloak is unavailable or refuses the call
   */
  Members findAccountsOf(UUID workspace, int max) {
    if (groups == null) {
      return new Members(Map.of(), true);
    }
    Map<UUID, Account> found = new HashMap<>();
    boolean complete = groups.addMembersOf(workspace, max, found);
    findAccounts("q=workspace:{id}&enabled=true&max={max}", workspace, max)
        .forEach(found::putIfAbsent);
    return new Members(found, complete && found.size() < max);
  }

  /**
   * Returns the names of the roles that an account has, by itself, by a group or by another role.
   *
   * @throws RestClientException if Keycloak is unavailable or refuses the call
   */
  Set<String> rolesOf(UUID id) {
    if (realm == null) {
      return Set.of();
    }
    RealmRole[] roles =
        realm
            .get()
            .uri("/users/{id}/role-mappings/realm/composite", id)
            .retrieve()
            .body(RealmRole[].class);
    return Stream.of(requireBody(roles)).map(RealmRole::name).collect(Collectors.toSet());
  }

  private Map<UUID, Account> findAccounts(String query, Object... values) {
    if (realm == null) {
      return Map.of();
    }
    KeycloakUser[] users =
        realm
            .get()
            .uri("/users?" + query + "&briefRepresentation=false", values)
            .retrieve()
            .body(KeycloakUser[].class);
    Map<UUID, Account> found = new HashMap<>();
    for (KeycloakUser user : requireBody(users)) {
      if (user.id() != null) {
        found.put(user.id(), user.account(Set.of()));
      }
    }
    return found;
  }

  static <T> T requireBody(@Nullable T body) {
    if (body == null) {
      throw new RestClientException("Keycloak answered with an empty body");
    }
    return body;
  }

  /**
   * Derives the address of the admin API from the token endpoint. The issuer would be the wrong
   * address: it is the one that browsers use, and it should not expose the admin API at all.
   *
   * @return null if the URI is not a token endpoint of Keycloak
   */
  static @Nullable URI adminApiOf(@Nullable URI tokenUri) {
    Matcher endpoint = TOKEN_ENDPOINT.matcher(String.valueOf(tokenUri));
    if (!endpoint.matches()) {
      return null;
    }
    return URI.create(endpoint.group(1) + "/admin/realms/" + endpoint.group(2));
  }

  private static RestClient client(
      URI address,
      DirectorySettings settings,
      ServiceTokenInterceptor authorization,
      RestClient.Builder builder) {
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(settings.timeout())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(http);
    requests.setReadTimeout(settings.timeout());
    return builder
        .clone()
        .requestFactory(requests)
        .baseUrl(address.toString())
        .requestInterceptor(authorization)
        .build();
  }
}
