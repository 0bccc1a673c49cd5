package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.demo.api.ApiUser;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What workspace acme has is, to workspace globex, as if it did not exist. */
@ExtendWith(Platform.class)
class TenantIT {

  private static final Pattern PARAMETER = Pattern.compile("\\{[^}]*}");
  private static final Pattern TRACE = Pattern.compile("\"(traceId|instance)\":\"[^\"]*\",?");
  private static final int VALUES_PER_PARAMETER = 15;
  private static final int VALUES_PER_WRITE = 2;

  /** What an installation shares: one ledger tree, its keys, and the documentation of rules. */
  private static final Set<String> SHARED =
      Set.of("/api/lint-rules", "/api/policy-targets", "/api/ledger/keys", "/v1/models");

  /** Every workspace begins with its own of the same names. */
  private static final List<String> PRESETS =
      List.of("/api/risks/", "/api/policies/", "/api/base-models/");

  @Test
  void another_workspaces_ids_are_unknown_and_its_rows_are_in_no_list() {
    ApiUser ada = Platform.user("ada");
    ApiUser gus = Platform.user("gus");
    Map<String, String> created = TenantObjects.create(ada, Platform.user("ben"));
    List<Api.Route> routes =
        Api.routes(ada).stream()
            .filter(route -> !route.path().contains("events"))
            .filter(route -> PRESETS.stream().noneMatch(route.path()::startsWith))
            .toList();
    List<Api.Route> reads = routes.stream().filter(Api.Route::reads).toList();
    Set<String> values = new LinkedHashSet<>(created.values());
    values.addAll(values(ada, reads));

    List<String> differences = new ArrayList<>();
    Map<String, Set<String>> readable = new HashMap<>();
    int compared = 0;
    for (Api.Route route : reads.stream().filter(Api.Route::hasParameters).toList()) {
      for (String value : values) {
        for (String path : paths(route.path(), value)) {
          if (Api.send("GET", path, ada.token(), null).statusCode() == 200) {
            readable.computeIfAbsent(collection(route), prefix -> new LinkedHashSet<>()).add(value);
            compared++;
            difference("GET", path, value, gus, null).ifPresent(differences::add);
          }
        }
      }
    }
    created.forEach((collection, value) ->
        assertThat(readable.getOrDefault("/api/" + collection + "/", Set.of()))
            .as("what ada created and reads below %s", collection)
            .contains(value));

    int writes = 0;
    Map<Integer, Integer> answers = new TreeMap<>();
    for (Api.Route route :
        routes.stream().filter(each -> each.hasParameters() && !each.reads()).toList()) {
      for (String value :
          readable.getOrDefault(collection(route), Set.of()).stream()
              .limit(VALUES_PER_WRITE)
              .toList()) {
        for (String path : paths(route.path(), value)) {
          for (ApiUser foreign : List.of(gus, Platform.user("gail"))) {
            writes++;
            HttpResponse<String> answer =
                Api.send(route.method(), path, foreign.token(), route.exampleBody());
            answers.merge(answer.statusCode(), 1, Integer::sum);
            difference(route.method(), path, value, foreign, route.exampleBody())
                .ifPresent(differences::add);
          }
        }
      }
    }
    System.out.printf(
        "another workspace's ids: %d reads and %d writes (%s) answered as unknown ones; %d"
            + " differ%n",
        compared, writes, answers, differences.size());
    assertThat(differences).isEmpty();
    assertThat(answers).isNotEmpty();
    assertThat(answers.keySet()).allMatch(status -> status >= 400 && status < 500);

    Set<String> own = ids(gus, reads);
    assertThat(own).isNotEmpty();
    assertThat(own)
        .as("ids that both workspaces' lists show")
        .doesNotContainAnyElementsOf(ids(ada, reads));
  }

  /**
   * What tells somebody that a thing exists: an answer other than the one about a thing that does
   * not.
   */
  private static Optional<String> difference(
      String method, String path, String value, ApiUser foreign, @Nullable String body) {
    String unknown = unknown(value);
    HttpResponse<String> real = Api.send(method, path, foreign.token(), body);
    HttpResponse<String> control =
        Api.send(method, path.replace(value, unknown), foreign.token(), body);
    boolean same =
        real.statusCode() == control.statusCode()
            && plain(real, value).equals(plain(control, unknown));
    boolean empty = real.statusCode() == 200 && real.body().contains("\"items\":[]");
    return same && (real.statusCode() >= 400 || empty)
        ? Optional.empty()
        : Optional.of(
            method
                + " "
                + path
                + " "
                + real.statusCode()
                + " "
                + real.body()
                + " but unknown "
                + control.statusCode()
                + " "
                + control.body());
  }

  private static String plain(HttpResponse<String> answer, String value) {
    return TRACE.matcher(answer.body()).replaceAll("").replace(value, "…");
  }

  /** Of the same shape, so that only being unknown can refuse it. */
  private static String unknown(String value) {
    if (value.matches("[0-9a-f]{8}-[0-9a-f-]{27}")) {
      return UUID.randomUUID().toString();
    }
    return value.matches("[0-9a-f]{64}") ? "0123456789abcdef".repeat(4) : "unknown-thing";
  }

  /**
   * The path up to its first parameter: what is known there by a name may be written under the same
   * one.
   */
  private static String collection(Api.Route route) {
    return route.path().substring(0, route.path().indexOf('{'));
  }

  /**
   * All paths that fit a route with this value; a second parameter is a small number or a label's
   * name.
   */
  private static List<String> paths(String template, String value) {
    String first = PARAMETER.matcher(template).replaceFirst(value);
    Matcher second = PARAMETER.matcher(first);
    return second.find()
        ? List.of(second.replaceAll("1"), second.replaceAll("production"))
        : List.of(first);
  }

  private static Set<String> values(ApiUser user, List<Api.Route> reads) {
    Set<String> values = new LinkedHashSet<>();
    for (Api.Route route : reads) {
      if (!route.hasParameters() && !SHARED.contains(route.path())) {
        Set<String> ofRoute = new LinkedHashSet<>();
        collect(
            user,
            route,
            ofRoute,
            Set.of("id", "name", "prompt", "application", "digest"),
            "Id",
            "Digest");
        ofRoute.stream().limit(VALUES_PER_PARAMETER).forEach(values::add);
      }
    }
    return values;
  }

  private static Set<String> ids(ApiUser user, List<Api.Route> reads) {
    Set<String> ids = new LinkedHashSet<>();
    reads.stream()
        .filter(route ->
            !route.hasParameters()
                && !SHARED.contains(route.path())
                && !route.path().startsWith("/api/base-models"))
        .forEach(route -> collect(user, route, ids, Set.of("id"), "Id"));
    return ids;
  }

  private static void collect(
      ApiUser user, Api.Route route, Set<String> into, Set<String> names, String... suffixes) {
    HttpResponse<String> list = Api.send("GET", route.path(), user.token(), null);
    if (list.statusCode() != 200 || !list.body().startsWith("{")) {
      return;
    }
    for (JsonNode item : JsonMapper.shared().readTree(list.body()).at("/items")) {
      item.propertyStream()
          .filter(field -> field.getValue().isString())
          .filter(field ->
              names.contains(field.getKey())
                  || List.of(suffixes).stream().anyMatch(field.getKey()::endsWith))
          .map(field -> field.getValue().asString())
          .filter(value -> value.matches("[A-Za-z0-9_.-]+"))
          .forEach(into::add);
    }
  }
}
