package io.plumbline.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.plumbline.demo.api.ApiResponse;
import io.plumbline.demo.api.ApiUser;
import io.plumbline.demo.driver.ApplicationDriver;
import io.plumbline.demo.driver.PromptDriver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

/**
 * Looks for secrets where they might leak: the secrets of the installation itself, and canary
 * values that people send. It looks in all logs, events, metrics and databases, and in the answers
 * to malformed requests.
 */
@ExtendWith(Platform.class)
class CanarySecretsIT {

  /** Keycloak keeps the secrets of its own clients, as it must to compare them. */
  private static final String REALM = "keycloak";

  private final ApiUser ada = Platform.user("ada");
  private final ApiUser root = Platform.user("root");
  private final String name = Platform.uniqueName("canary");
  private final Map<String, String> secrets = new LinkedHashMap<>();
  private final List<String> answers = new ArrayList<>();
  private final List<String> leaks = new ArrayList<>();

  /**
   * The places where the provider's name was found, which is not secret. They show that the search
   * finds something.
   */
  private final Set<String> control = new TreeSet<>();

  @Test
  void no_secret_is_anywhere_but_where_it_belongs() throws IOException {
    secrets.put("provider key", "canary-key-" + UUID.randomUUID());
    secrets.put("replaced provider key", "canary-key-" + UUID.randomUUID());
    secrets.put("prompt variable", "canary-variable-" + UUID.randomUUID());
    secrets.put("password", "canary-password-" + UUID.randomUUID());
    String token = ada.token();
    secrets.put("API key", apiKey());
    secrets.put("signature of a token", token.substring(token.lastIndexOf('.') + 1));
    installation();

    useThemRightlyAndWrongly();

    Map<String, Integer> places = new TreeMap<>();
    look(places, "answers", answers.stream());
    for (Path log : logs()) {
      look(places, "logs", Files.readAllLines(log, StandardCharsets.ISO_8859_1).stream());
    }
    look(places, "events", BrokerReader.everything().stream());
    look(places, "metrics", Platform.metrics().stream());
    lookInDatabases(places);
    System.out.printf(
        "%d secrets looked for in %s: found %d times%n", secrets.size(), places, leaks.size());
    assertThat(places.values()).allMatch(count -> count > 0);
    assertThat(control).contains("answers", "events", "tables");
    assertThat(leaks).isEmpty();
  }

  /**
   * Returns an API key without its public part, after it was used, refused outside of its scope,
   * and revoked.
   */
  private String apiKey() {
    ApiResponse created = Platform.createKey(name, "models", List.of("local/choice-bge-small"));
    String key = created.text("/key");
    for (String path : List.of("/v1/models", "/v1/nowhere", "/api/api-keys")) {
      answers.add(Api.send("GET", path, key, null).body());
    }
    answers.add(
        Api.send(
                "POST",
                "/v1/chat/completions",
                key,
                "{\"model\":\"app/x\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}")
            .body());
    String path = "/api/api-keys/" + created.text("/apiKey/apiKeyId");
    answers.add(
        Platform.user("sam").post(path + "/revoke", Map.of("reason", "r")).expect(200).body());
    answers.add(Api.send("GET", "/v1/models", key, null).body());
    answers.add(ada.get(path).expect(200).body());
    return key.substring(key.length() - 63);
  }

  /** Adds the secrets that the launcher drew, except for public keys. */
  private void installation() {
    JsonMapper.shared()
        .readTree(Platform.HOME.resolve("secrets.json").toFile())
        .propertyStream()
        .filter(secret -> !secret.getKey().endsWith("/public"))
        .forEach(secret -> secrets.put(secret.getKey(), secret.getValue().asString()));
  }

  private void useThemRightlyAndWrongly() throws IOException {
    String variable = secret("prompt variable");
    HttpServer indiscreet = indiscreetProvider();
    indiscreet.start();
    try {
      String url = "http://127.0.0.1:" + indiscreet.getAddress().getPort() + "/v1";
      root.post(
              "/api/providers",
              Map.of(
                  "name",
                  name,
                  "kind",
                  "openai-compatible",
                  "baseUrl",
                  url,
                  "apiKey",
                  secret("provider key")))
          .expect(201);
      answers.add(root.get("/api/providers/" + name).expect(200).body());
      call(name + "/m", variable);
      root.put(
              "/api/providers/" + name + "/api-key",
              Map.of("apiKey", secret("replaced provider key")))
          .expect(200);
      call(name + "/m", variable);
      refused(
          "POST",
          "/api/providers",
          Map.of("name", "No name", "kind", "x", "baseUrl", "y", "apiKey", secret("provider key")));
      refused(
          "PUT",
          "/api/providers/" + name + "/api-key",
          Map.of("apiKey", List.of(secret("provider key"))));
    } finally {
      indiscreet.stop(0);
    }
    new PromptDriver(ada, name)
        .createWith(
            Map.of(
                "messages",
                List.of(Map.of("role", "user", "content", "{{text}}")),
                "variables",
                Map.of("type", "object", "properties", Map.of("text", Map.of("type", "string")))));
    String render = "/api/prompts/" + name + "/versions/1/render";
    ada.post(render, Map.of("variables", Map.of("text", variable))).expect(200);
    refused("POST", render, Map.of("variables", Map.of("text", List.of(variable))));
    refused("POST", render, Map.of("variables", variable));
    signInWith(secret("password"));
  }

  /** Calls a model. The refusal of the indiscreet provider repeats the key that it was sent. */
  private void call(String model, String text) {
    answers.add(ApplicationDriver.ask(ada, model, text).body());
  }

  private void refused(String method, String path, Map<String, Object> body) {
    var answer = Api.send(method, path, root.token(), JsonMapper.shared().writeValueAsString(body));
    assertThat(answer.statusCode()).as(path).isBetween(400, 499);
    answers.add(answer.body());
  }

  private void signInWith(String wrong) {
    answers.add(new Browser().signIn("vera", wrong).body());
  }

  private static HttpServer indiscreetProvider() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String key = exchange.getRequestHeaders().getFirst("Authorization");
          byte[] body =
              JsonMapper.shared()
                  .writeValueAsBytes(
                      Map.of("error", Map.of("message", "Wrong key: " + key, "code", key)));
          exchange.sendResponseHeaders(401, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    return server;
  }

  private void look(Map<String, Integer> places, String place, Stream<String> texts) {
    texts.forEach(text -> {
      places.merge(place, 1, Integer::sum);
      if (text.contains(name)) {
        control.add(place);
      }
      secrets.forEach((secretName, secret) -> {
        if (text.contains(secret)) {
          leaks.add(
              secretName
                  + " in "
                  + place
                  + ": "
                  + text.replace(secret, "<" + secretName + ">")
                      .substring(0, Math.min(300, text.length())));
        }
      });
    });
  }

  /** Returns every row of every table as text, in which binary columns are hexadecimal. */
  private void lookInDatabases(Map<String, Integer> places) {
    String[] patterns =
        Stream.concat(Stream.of(name), secrets.values().stream())
            .flatMap(secret -> Stream.of(secret, hex(secret)))
            .map(text -> "%" + text + "%")
            .toArray(String[]::new);
    List<String> databases = new ArrayList<>(Api.SERVICES);
    databases.add(REALM);
    for (String service : databases) {
      try (ServiceDatabase database = ServiceDatabase.asSuperuser(service)) {
        for (String table :
            database.texts(
                "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'")) {
          places.merge("tables", 1, Integer::sum);
          List<String> rows =
              database.texts(
                  "SELECT t::text FROM " + table + " t WHERE t::text LIKE ANY (?)", patterns);
          for (String row : rows) {
            if (row.contains(name)) {
              control.add("tables");
            }
            secrets.forEach((secretName, secret) -> {
              if (!belongs(secretName, service, table)
                  && (row.contains(secret) || row.contains(hex(secret)))) {
                leaks.add(secretName + " in table " + service + "." + table);
              }
            });
          }
        }
      }
    }
  }

  /**
   * Returns whether a secret may be in a table. The content of a call is kept with its trace, by
   * the workspace's policy; other tests check that it is masked.
   */
  private static boolean belongs(String secretName, String service, String table) {
    return service.equals(REALM)
        ? secretName.startsWith("client/")
        : secretName.equals("prompt variable") && table.startsWith("trace_content");
  }

  private static String hex(String secret) {
    return HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Path> logs() throws IOException {
    try (Stream<Path> files = Files.list(Platform.LOGS)) {
      return files.filter(file -> file.toString().endsWith(".log")).toList();
    }
  }

  private String secret(String name) {
    return requireNonNull(secrets.get(name));
  }
}
