package io.plumbline.compliance.directory;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.plumbline.platform.client.ServiceTokenInterceptor;
import io.plumbline.platform.identity.SecuritySettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
 * by workspace, and the roles of a user. Keycloak's admin client library is not used because it
 * would bring another HTTP stack for these calls. The service's account needs the role {@code
 * view-users} of {@code realm-management}.
 */
@Component
class Keycloak {

  private static final Pattern TOKEN_ENDPOINT =
      Pattern.compile("(.+)/realms/([^/]+)/protocol/openid-connect/token");
  private static final String SERVICE_ACCOUNT = "service-account-";

  /** An account as Keycloak represents it; absent fields were never filled in. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record User(
      @Nullable UUID id,
      String username,
      @Nullable String firstName,
      @Nullable String lastName,
      @Nullable Map<String, List<String>> attributes) {

    Account account() {
      boolean service = username.startsWith(SERVICE_ACCOUNT);
      return new Account(
          username,
          service ? username.substring(SERVICE_ACCOUNT.length()) : name(),
          service,
          workspace());
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

    private @Nullable UUID workspace() {
      if (attributes == null) {
        return null;
      }
      List<String> values = attributes.getOrDefault("workspace", List.of());
      try {
        return values.size() == 1 ? UUID.fromString(values.getFirst()) : null;
      } catch (IllegalArgumentException e) {
        return null;
      }
    }
  }

  /** A role of a user as Keycloak represents it. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record RealmRole(String name) {}

  private final @Nullable RestClient realm;

  Keycloak(
      DirectorySettings settings,
      SecuritySettings security,
      ServiceTokenInterceptor authorization,
      RestClient.Builder builder) {
    URI address = settings.url() == null ? adminApiOf(security.tokenUri()) : settings.url();
    this.realm = address == null ? null : client(address, settings, authorization, builder);
  }

  /**
   * Finds an account by its id.
   *
   * @return the account; empty if none has this id or no identity provider is configured
   * @throws RestClientException if Keycloak is unavailable or refuses the call
   */
  Optional<Account> findAccount(UUID id) {
    if (realm == null) {
      return Optional.empty();
    }
    try {
      User user = realm.get().uri("/users/{id}", id).retrieve().body(User.class);
      if (user == null) {
        throw new RestClientException("Keycloak answered with an empty body");
      }
      return Optional.of(user.account());
    } catch (HttpClientErrorException.NotFound e) {
      return Optional.empty();
    }
  }

  /**
   * Finds the accounts, of all workspaces, whose username, names or address match every word of a
   * text as a prefix.
   *
   * @param max the maximum number of accounts
   * @throws RestClientException if Keycloak is unavailable or refuses the call
   */
  Map<UUID, Account> searchAccounts(String text, int max) {
    return findAccounts("search={text}&max={max}", text, max);
  }

  /**
   * Finds the accounts of a workspace that are not disabled.
   *
   * @param max the maximum number of accounts
   * @throws RestClientException if Keycloak is unavailable or refuses the call
   */
  Map<UUID, Account> findAccountsOf(UUID workspace, int max) {
    return findAccounts("q=workspace:{id}&enabled=true&max={max}", workspace, max);
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
    User[] users =
        realm
            .get()
            .uri("/users?" + query + "&briefRepresentation=false", values)
            .retrieve()
            .body(User[].class);
    Map<UUID, Account> found = new HashMap<>();
    for (User user : requireBody(users)) {
      if (user.id != null) {
        found.put(user.id, user.account());
      }
    }
    return found;
  }

  private static <T> T requireBody(@Nullable T body) {
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
