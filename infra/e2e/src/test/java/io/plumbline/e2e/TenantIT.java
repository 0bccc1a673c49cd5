package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.demo.Person;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What workspace acme has is, to workspace globex, as if it did not exist. Runs after the demo, which fills acme. */
@ExtendWith(Platform.class)
class TenantIT {

  private static final Pattern PARAMETER = Pattern.compile("\\{[^}]*}");
  private static final int VALUES_PER_PARAMETER = 15;
  /** What an installation shares: one ledger tree, its keys, and the documentation of rules. */
  private static final Set<String> SHARED = Set.of("/api/lint-rules", "/api/ledger/keys", "/v1/models");
  /** Every workspace begins with its own of the same names. */
  private static final List<String> PRESETS = List.of("/api/risks/", "/api/policies/", "/api/base-models/");

  @Test
  void another_workspaces_ids_are_unknown_and_its_rows_are_in_no_list() {
    Person ada = Platform.person("ada");
    Person gus = Platform.person("gus");
    List<Api.Route> reads = Api.routes(ada).stream().filter(route -> route.method().equals("GET") && !route.path().contains("events")).toList();
    Set<String> values = values(ada, reads);
    assertThat(values).as("the demo left something in acme").hasSizeGreaterThan(20);

    int tries = 0;
    List<String> leaks = new ArrayList<>();
    for (Api.Route route : reads) {
      if (!route.hasParameters() || PRESETS.stream().anyMatch(route.path()::startsWith)) {
        continue;
      }
      for (String path : paths(route.path(), values)) {
        if (Api.send("GET", path, ada.token(), null).statusCode() != 200) {
          continue;
        }
        HttpResponse<String> foreign = Api.send("GET", path, gus.token(), null);
        tries++;
        if (foreign.statusCode() == 200 && !foreign.body().contains("\"items\":[]")) {
          leaks.add("GET " + path + " " + foreign.body());
        }
      }
    }
    assertThat(leaks).isEmpty();
    assertThat(tries).isGreaterThan(30);
    System.out.println("cross-workspace access: 0 of " + tries + " tries");

    Set<String> own = ids(gus, reads);
    assertThat(own).as("ids that both workspaces' lists show").doesNotContainAnyElementsOf(ids(ada, reads));
  }

  /** All paths that fit a route, one value for every parameter at a time; routes of two parameters take names with small numbers. */
  private static List<String> paths(String template, Set<String> values) {
    List<String> paths = new ArrayList<>();
    for (String value : values) {
      String first = PARAMETER.matcher(template).replaceFirst(value);
      if (PARAMETER.matcher(first).find()) {
        paths.add(PARAMETER.matcher(first).replaceAll("1"));
        paths.add(PARAMETER.matcher(first).replaceAll("production"));
      } else {
        paths.add(first);
      }
    }
    return paths;
  }

  private static Set<String> values(Person person, List<Api.Route> reads) {
    Set<String> values = new LinkedHashSet<>();
    for (Api.Route route : reads) {
      if (!route.hasParameters() && !SHARED.contains(route.path())) {
        Set<String> ofRoute = new LinkedHashSet<>();
        collect(person, route, ofRoute, Set.of("id", "name", "prompt", "application", "digest"), "Id", "Digest");
        ofRoute.stream().limit(VALUES_PER_PARAMETER).forEach(values::add);
      }
    }
    return values;
  }

  private static Set<String> ids(Person person, List<Api.Route> reads) {
    Set<String> ids = new LinkedHashSet<>();
    reads.stream()
        .filter(route -> !route.hasParameters() && !SHARED.contains(route.path()) && !route.path().startsWith("/api/base-models"))
        .forEach(route -> collect(person, route, ids, Set.of("id"), "Id"));
    return ids;
  }

  private static void collect(Person person, Api.Route route, Set<String> into, Set<String> names, String... suffixes) {
    HttpResponse<String> list = Api.send("GET", route.path(), person.token(), null);
    if (list.statusCode() != 200 || !list.body().startsWith("{")) {
      return;
    }
    for (JsonNode item : JsonMapper.shared().readTree(list.body()).at("/items")) {
      item.propertyStream()
          .filter(field -> field.getValue().isString())
          .filter(field -> names.contains(field.getKey()) || List.of(suffixes).stream().anyMatch(field.getKey()::endsWith))
          .map(field -> field.getValue().asString())
          .filter(value -> value.matches("[A-Za-z0-9_.-]+"))
          .forEach(into::add);
    }
  }
}
