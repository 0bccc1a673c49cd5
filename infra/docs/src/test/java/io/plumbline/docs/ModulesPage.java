package io.plumbline.docs;

import io.plumbline.contracts.EventTypes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A diagram per service: its modules, what they use, and the events between services. */
final class ModulesPage {

  private static final String HEAD =
      """
      # Modules

      Generated from the classes of the services; `infra/docs` fails when it is not current and says how to renew it.
      A box is a module, which is a package of the service; a solid arrow is a dependency, and there are no cycles.
      Dotted arrows are events: from the service that publishes them, and to the service's topic.
      """;

  private final List<ServiceClasses> services;

  ModulesPage(List<ServiceClasses> services) {
    this.services = services;
  }

  String text() {
    StringBuilder page = new StringBuilder(HEAD);
    services.forEach(service -> page.append(diagram(service)));
    return page.toString();
  }

  private static String diagram(ServiceClasses service) {
    StringBuilder lines = new StringBuilder("\n## " + service.name() + "\n\n");
    lines.append("```mermaid\nflowchart LR\n");
    service.modules().forEach(module -> lines.append("  %s[%s]\n".formatted(id(module), module)));
    service
        .dependencies()
        .forEach((module, used) ->
            used.forEach(
                target -> lines.append("  %s --> %s\n".formatted(id(module), id(target)))));
    bySource(service.consumed())
        .forEach((edge, events) ->
            lines.append(
                "  topic-%s([%s]) -. %s .-> %s\n"
                    .formatted(
                        edge.source(),
                        edge.source(),
                        String.join(", ", events),
                        id(edge.module()))));
    byModule(service.published())
        .forEach((module, events) ->
            lines.append(
                "  %s -. %s .-> own([plumbline.%s])\n"
                    .formatted(id(module), String.join(", ", events), service.name())));
    return lines.append("```\n").toString();
  }

  private record Edge(String source, String module) implements Comparable<Edge> {
    @Override
    public int compareTo(Edge other) {
      return (source + " " + module).compareTo(other.source + " " + other.module);
    }
  }

  private static Map<Edge, Set<String>> bySource(Map<String, Set<String>> consumed) {
    Map<Edge, Set<String>> edges = new TreeMap<>();
    EventTypes.all()
        .values()
        .forEach(type ->
            consumed
                .getOrDefault(type.getSimpleName(), Set.of())
                .forEach(module ->
                    edges
                        .computeIfAbsent(
                            new Edge(EventTypes.sourceOf(type).orElse("every service"), module),
                            each -> new TreeSet<>())
                        .add(type.getSimpleName())));
    return edges;
  }

  private static Map<String, Set<String>> byModule(Map<String, Set<String>> published) {
    Map<String, Set<String>> modules = new TreeMap<>();
    published.forEach((event, creators) ->
        creators.forEach(
            module -> modules.computeIfAbsent(module, each -> new TreeSet<>()).add(event)));
    return modules;
  }

  /**
   * Returns the id of a module in a diagram. The prefix avoids words that Mermaid reserves, such as
   * end and graph.
   */
  private static String id(String module) {
    return "m-" + module;
  }
}
