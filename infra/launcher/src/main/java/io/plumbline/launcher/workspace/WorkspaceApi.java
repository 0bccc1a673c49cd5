package io.plumbline.launcher.workspace;

import io.plumbline.launcher.component.Platform;
import io.plumbline.launcher.installation.LauncherException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Calls the API of the workspaces through the gateway, as one of the people of this machine. */
public final class WorkspaceApi {

  /** The administrator of the operator's workspace on this machine. */
  public static final String ADMINISTRATOR = "root";

  private static final JsonMapper JSON = new JsonMapper();
  private static final String PATH = "/api/workspaces";
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final JsonNode access;
  private final String user;
  private @Nullable String token;

  /**
   * @param access the addresses and passwords of the installation, as in its access file
   * @param user the name of the person who calls
   */
  WorkspaceApi(JsonNode access, String user) {
    this.access = access;
    this.user = user;
  }

  /** Returns the API of a running platform, called by one of the people of this machine. */
  public static WorkspaceApi of(Platform platform, String user) {
    platform.accessFile().write();
    return new WorkspaceApi(JSON.readTree(platform.accessFile().file().toFile()), user);
  }

  /** Returns the workspaces that the caller administers, by name. */
  public List<JsonNode> list() {
    List<JsonNode> workspaces = new ArrayList<>();
    String next = "";
    do {
      String query = next.isEmpty() ? "" : "?pageToken=" + encode(next);
      JsonNode page = body(send("GET", PATH + query, null, Map.of()));
      page.path("items").forEach(workspaces::add);
      next = page.path("nextPageToken").asString("");
    } while (!next.isEmpty());
    return workspaces;
  }

  /** Creates a workspace, once, however often the request is sent. */
  public JsonNode create(ObjectNode fields) {
    return body(
        send(
            "POST",
            PATH,
            fields.toString(),
            Map.of("Idempotency-Key", UUID.randomUUID().toString())));
  }

  /**
   * Changes the configuration of a workspace.
   *
   * @param name the name or the id of the workspace
   * @param changes the fields that change; all others stay
   */
  public JsonNode configure(String name, ObjectNode changes) {
    HttpResponse<String> read = send("GET", pathOf(name), null, Map.of());
    JsonNode present = body(read);
    boolean otherCurrency =
        changes.has("currency") && !changes.get("currency").equals(present.get("currency"));
    if (otherCurrency && !changes.has("roleRates") && !present.path("roleRates").isEmpty()) {
      throw new LauncherException(
          "The workspace has rates in %s: give them in the new currency too, each by --rate."
              .formatted(present.path("currency").asString()));
    }
    ObjectNode configuration = JSON.createObjectNode();
    for (String field :
        List.of("name", "regions", "currency", "roleRates", "quotas", "retentionDays")) {
      configuration.set(field, changes.has(field) ? changes.get(field) : present.get(field));
    }
    if (!changes.has("roleRates")) {
      ArrayNode rates = configuration.putArray("roleRates");
      present
          .path("roleRates")
          .forEach(rate ->
              rates
                  .addObject()
                  .put("role", rate.path("role").asString())
                  .put("perHour", rate.at("/perHour/amount").asString()));
    }
    return body(
        send(
            "PUT",
            pathOf(name),
            configuration.toString(),
            Map.of("If-Match", read.headers().firstValue("ETag").orElse(""))));
  }

  /** Archives a workspace, by its name or its id. */
  public JsonNode archive(String name, String reason) {
    return body(
        send(
            "POST",
            pathOf(name) + "/archive",
            JSON.createObjectNode().put("reason", reason).toString(),
            Map.of("Idempotency-Key", UUID.randomUUID().toString())));
  }

  /** Returns whether the catalogue of the caller's workspace has models. */
  boolean hasModels() {
    HttpResponse<String> answer = send("GET", "/api/base-models?limit=1", null, Map.of());
    return answer.statusCode() == 200 && !JSON.readTree(answer.body()).path("items").isEmpty();
  }

  private String pathOf(String name) {
    return list().stream()
        .filter(workspace ->
            workspace.path("name").asString().equals(name)
                || workspace.path("workspaceId").asString().equals(name))
        .map(workspace -> PATH + "/" + workspace.path("workspaceId").asString())
        .findFirst()
        .orElseThrow(() ->
            new LauncherException(
                "There is no workspace '%s' that %s administers: `./plumbline workspace list` shows them."
                    .formatted(name, user)));
  }

  private static JsonNode body(HttpResponse<String> answer) {
    if (answer.statusCode() / 100 == 2) {
      return JSON.readTree(answer.body());
    }
    throw new LauncherException(problemOf(answer));
  }

  /** Returns what a problem says, with every field that is wrong. */
  static String problemOf(HttpResponse<String> answer) {
    if (!answer.headers().firstValue("Content-Type").orElse("").contains("json")) {
      return "The platform answered %d to %s. See `./plumbline status`."
          .formatted(answer.statusCode(), answer.uri().getPath());
    }
    JsonNode problem = JSON.readTree(answer.body());
    String errors =
        problem
            .path("errors")
            .valueStream()
            .map(error ->
                "\n  %s %s"
                    .formatted(
                        error.path("pointer").asString(""), error.path("detail").asString("")))
            .collect(Collectors.joining());
    return problem.path("detail").asString(problem.path("title").asString("")) + errors;
  }

  private HttpResponse<String> send(
      String method, String path, @Nullable String body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(access.path("gateway").asString() + path))
            .timeout(TIMEOUT)
            .header("Authorization", "Bearer " + token())
            .header("Content-Type", "application/json")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return exchange(request.build());
  }

  private String token() {
    if (token == null) {
      String password = access.path("people").path(user).asString("");
      if (password.isEmpty()) {
        throw new LauncherException(
            "This installation has no user '%s': `./plumbline people` lists them.".formatted(user));
      }
      String form =
          "grant_type=password&client_id=%s&username=%s&password=%s"
              .formatted(
                  encode(access.path("clientId").asString()), encode(user), encode(password));
      HttpResponse<String> granted =
          exchange(
              HttpRequest.newBuilder(URI.create(access.path("tokenUri").asString()))
                  .timeout(TIMEOUT)
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(BodyPublishers.ofString(form))
                  .build());
      if (granted.statusCode() != 200) {
        throw new LauncherException(
            "%s cannot sign in: Keycloak answered %d. If the account was changed, name another"
                    .formatted(user, granted.statusCode())
                + " administrator by --user.");
      }
      token = JSON.readTree(granted.body()).path("access_token").asString();
    }
    return token;
  }

  private HttpResponse<String> exchange(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new LauncherException(
          "The platform does not answer at %s: start it with `./plumbline up`."
              .formatted(request.uri().resolve("/")),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LauncherException("The request was interrupted.", e);
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
