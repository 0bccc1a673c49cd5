package io.plumbline.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The dependencies that are shipped: those of the programs, by the bill of materials (CycloneDX)
 * that the build puts into each, and those of the portal, by its lock file.
 */
final class Dependencies {

  private static final String BILL = "target/classes/META-INF/sbom/application.cdx.json";

  private Dependencies() {}

  /**
   * @param name group and artifact, or the package of npm
   * @param licences any of which may be chosen, by their SPDX identifiers where they have one
   * @param usedBy the programs that carry it
   */
  record Dependency(String name, String version, List<String> licences, List<String> usedBy) {}

  static List<Dependency> all(Path root) throws IOException {
    Map<String, Dependency> found = new TreeMap<>();
    for (Path program : programs(root)) {
      JsonNode bill = JsonMapper.shared().readTree(Files.readString(program.resolve(BILL)));
      for (JsonNode component : bill.at("/components")) {
        String group = component.path("group").asString("");
        if (!group.equals("io.plumbline")) {
          String name = component.path("name").asString("");
          add(
              found,
              new Dependency(
                  group + ":" + name,
                  component.path("version").asString(""),
                  licences(component.path("licenses")),
                  List.of(String.valueOf(program.getFileName()))));
        }
      }
    }
    JsonNode lock =
        JsonMapper.shared()
            .readTree(Files.readString(root.resolve("gateway/portal/package-lock.json")));
    lock.path("packages")
        .properties()
        .forEach(each -> {
          JsonNode npm = each.getValue();
          if (!each.getKey().isEmpty() && !npm.path("dev").asBoolean(false)) {
            add(
                found,
                new Dependency(
                    each.getKey().substring(each.getKey().lastIndexOf("node_modules/") + 13),
                    npm.path("version").asString(""),
                    Stream.of(npm.path("license").asString(""))
                        .filter(text -> !text.isEmpty())
                        .toList(),
                    List.of("portal")));
          }
        });
    return List.copyOf(found.values());
  }

  /** Returns the programs in the order in which the page lists them. */
  private static List<Path> programs(Path root) throws IOException {
    try (Stream<Path> services = Files.list(root.resolve("services"))) {
      return Stream.concat(
              services.filter(service -> Files.exists(service.resolve(BILL))),
              Stream.of(root.resolve("gateway"), root.resolve("infra/launcher")))
          .sorted(Comparator.comparing(Path::toString))
          .toList();
    }
  }

  private static List<String> licences(JsonNode licences) {
    TreeSet<String> names = new TreeSet<>();
    for (JsonNode each : licences) {
      String expression = each.path("expression").asString("");
      if (expression.isEmpty()) {
        JsonNode licence = each.path("license");
        names.add(licence.path("id").asString(licence.path("name").asString("")));
      } else {
        names.addAll(List.of(expression.replaceAll("[()]", "").split(" OR ")));
      }
    }
    return List.copyOf(names);
  }

  private static void add(Map<String, Dependency> found, Dependency dependency) {
    found.merge(
        dependency.name() + "@" + dependency.version(),
        dependency,
        (first, second) ->
            new Dependency(
                first.name(),
                first.version(),
                first.licences(),
                Stream.concat(first.usedBy().stream(), second.usedBy().stream())
                    .distinct()
                    .toList()));
  }
}
