package io.plumbline.compliance.directory;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.plumbline.platform.identity.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;

/**
 * Answers as Keycloak 26 does to the requests of the directory: the token endpoint and one resource
 * of the admin API. A search finds every account.
 */
public final class KeycloakStub
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  private static final String TOKEN = "/realms/plumbline/protocol/openid-connect/token";
  private static final String USERS = "/admin/realms/plumbline/users/";
  private static final String GROUPS = "/admin/realms/plumbline/groups";
  private static final Map<String, String> ACCOUNTS = new ConcurrentHashMap<>();
  private static final Map<String, String> ROLES = new ConcurrentHashMap<>();
  private static final Map<String, String> ALL_GROUPS = new ConcurrentHashMap<>();
  private static final Map<String, List<String>> MEMBERS = new ConcurrentHashMap<>();
  private static final List<String> REQUESTS = new CopyOnWriteArrayList<>();
  private static final HttpServer SERVER = started();

  private static volatile boolean unavailable;

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(
        "plumbline.security.token-uri",
        "http://127.0.0.1:" + SERVER.getAddress().getPort() + TOKEN);
    settings.put("plumbline.security.client-secret", "secret");
    PropertySource<?> source = new MapPropertySource("keycloak", settings);
    context.getEnvironment().getPropertySources().addFirst(source);
  }

  public static UUID person(String username, UUID workspace) {
    return account(
        """
        "username": "%s", "firstName": "%S", "lastName": "Quill", "email": "secret@acme.example", "emailVerified": true,
        "attributes": {"workspace": ["%s"]}
        """
            .formatted(username, username, workspace));
  }

  /** Adds a person who has a role. */
  public static UUID person(String username, UUID workspace, Role role) {
    UUID id = person(username, workspace);
    give(id, role);
    return id;
  }

  private static void give(UUID id, Role role) {
    ROLES.put(
        USERS + id + "/role-mappings/realm/composite",
        "[{\"id\": \"%s\", \"name\": \"%s\", \"composite\": false, \"clientRole\": false}]"
            .formatted(UUID.randomUUID(), role.claim()));
  }

  /** Adds a person without an attribute of their own who is in some groups and has their role. */
  public static UUID member(String username, Role role, String... groups) {
    UUID id =
        account(
            "\"username\": \"%s\", \"firstName\": \"%S\", \"lastName\": \"Quill\""
                .formatted(username, username));
    give(id, role);
    join(id, groups);
    return id;
  }

  static void join(UUID account, String... groups) {
    for (String group : groups) {
      MEMBERS.computeIfAbsent(group, any -> new CopyOnWriteArrayList<>()).add(account.toString());
    }
  }

  /** Adds a group that gives a workspace to its members and those of the groups under it. */
  public static String group(UUID workspace) {
    return group("\"attributes\": {\"workspace\": [\"%s\"]}".formatted(workspace));
  }

  /** Adds a group without an attribute under another one. */
  public static String subGroup(String parent) {
    return group("\"attributes\": {}, \"parentId\": \"%s\"".formatted(parent));
  }

  private static String group(String fields) {
    String id = UUID.randomUUID().toString();
    ALL_GROUPS.put(
        id,
        "{\"id\": \"%s\", \"name\": \"g-%s\", \"subGroups\": [], %s}".formatted(id, id, fields));
    return id;
  }

  static UUID serviceAccount(String client) {
    return account(
        "\"username\": \"service-account-%s\", \"emailVerified\": false".formatted(client));
  }

  /**
   * Adds an account.
   *
   * @param fields further fields of the account's representation, as JSON
   */
  static UUID account(String fields) {
    UUID id = UUID.randomUUID();
    ACCOUNTS.put(
        id.toString(),
        "{\"id\": \"%s\", %s, \"enabled\": true, \"totp\": false, \"access\": {\"view\": true}}"
            .formatted(id, fields));
    return id;
  }

  static void remove(UUID id) {
    ACCOUNTS.remove(id.toString());
  }

  static void unavailable(boolean whether) {
    unavailable = whether;
  }

  /** Returns the number of requests for an account since the stub was started. */
  static long requests(Object id) {
    return REQUESTS.stream().filter(path -> path.equals(USERS + id)).count();
  }

  static List<String> requests() {
    return List.copyOf(REQUESTS);
  }

  private static HttpServer started() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext("/", KeycloakStub::answer);
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    if (unavailable) {
      send(exchange, 503, "<html>no healthy upstream</html>");
    } else if (path.equals(TOKEN)) {
      boolean ours =
          new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)
              .contains("client_id=compliance");
      send(
          exchange,
          ours ? 200 : 401,
          "{\"access_token\":\"of-compliance\",\"expires_in\":300,\"token_type\":\"Bearer\",\"scope\":\"\"}");
    } else if (!"Bearer of-compliance"
        .equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      send(exchange, 401, "{\"error\":\"HTTP 401 Unauthorized\"}");
    } else {
      REQUESTS.add(path);
      if (path.equals(USERS.substring(0, USERS.length() - 1))) {
        // Every search finds all accounts, so the caller has to filter them.
        send(exchange, 200, "[" + String.join(",", ACCOUNTS.values()) + "]");
        return;
      }
      if (path.startsWith(GROUPS) || path.endsWith("/groups")) {
        sendGroups(exchange, path);
        return;
      }
      if (path.endsWith("/role-mappings/realm/composite")) {
        send(exchange, 200, ROLES.getOrDefault(path, "[]"));
        return;
      }
      String account = path.startsWith(USERS) ? ACCOUNTS.get(path.substring(USERS.length())) : null;
      send(
          exchange,
          account == null ? 404 : 200,
          account == null ? "{\"error\":\"User not found\"}" : account);
    }
  }

  private static void sendGroups(HttpExchange exchange, String path) throws IOException {
    String query = String.valueOf(exchange.getRequestURI().getRawQuery());
    String[] parts = path.split("/");
    if (path.equals(GROUPS)) {
      String workspace = query.replaceFirst(".*workspace:([^&]+).*", "$1");
      send(exchange, 200, list(ALL_GROUPS, group -> group.contains("[\"" + workspace + "\"]")));
    } else if (path.endsWith("/members")) {
      List<String> members = MEMBERS.getOrDefault(parts[parts.length - 2], List.of());
      send(exchange, 200, list(ACCOUNTS, account -> members.stream().anyMatch(account::contains)));
    } else if (path.endsWith("/children")) {
      String parent = "\"parentId\": \"" + parts[parts.length - 2];
      send(exchange, 200, list(ALL_GROUPS, group -> group.contains(parent)));
    } else if (path.startsWith(USERS)) {
      String account = parts[parts.length - 2];
      Map<String, String> joined = new HashMap<>(ALL_GROUPS);
      joined.keySet().removeIf(id -> !MEMBERS.getOrDefault(id, List.of()).contains(account));
      send(exchange, 200, list(joined, any -> true));
    } else {
      String group = ALL_GROUPS.get(parts[parts.length - 1]);
      send(exchange, group == null ? 404 : 200, String.valueOf(group));
    }
  }

  private static String list(Map<String, String> of, Predicate<String> which) {
    return of.values().stream().filter(which).collect(Collectors.joining(",", "[", "]"));
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
