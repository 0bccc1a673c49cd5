package io.plumbline.house;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Allows no cycle of packages. It reads the imports of all modules, tests aside, and finds the
 * cycles as Tarjan's strongly connected components.
 */
final class PackageCycles implements Rule {

  private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
  private static final Pattern IMPORT =
      Pattern.compile("(?m)^import (?:static )?(io\\.plumbline[\\w.]*?)\\.[A-Z*]");

  @Override
  public String name() {
    return "package cycles";
  }

  @Override
  public Result check(List<SourceFile> files) {
    Map<String, Set<String>> needs = new TreeMap<>();
    for (SourceFile file : files) {
      if (file.isMainJava()) {
        PACKAGE
            .matcher(file.text())
            .results()
            .findFirst()
            .ifPresent(of -> {
              Set<String> targets = needs.computeIfAbsent(of.group(1), _ -> new TreeSet<>());
              IMPORT
                  .matcher(file.text())
                  .results()
                  .map(found -> found.group(1))
                  .forEach(targets::add);
              targets.remove(of.group(1));
            });
      }
    }
    return Result.of(
        components(needs).stream()
            .filter(component -> component.size() > 1)
            .map(component ->
                String.join(" and ", new TreeSet<>(component))
                    + " need each other; move what both need")
            .toList());
  }

  static List<Set<String>> components(Map<String, Set<String>> needs) {
    Search search = new Search(needs);
    needs.keySet().forEach(search::visit);
    return search.components;
  }

  private static final class Search {

    private final Map<String, Set<String>> needs;
    private final Map<String, Integer> order = new HashMap<>();
    private final Map<String, Integer> low = new HashMap<>();
    private final Deque<String> path = new ArrayDeque<>();
    private final Set<String> onPath = new HashSet<>();
    private final List<Set<String>> components = new ArrayList<>();

    Search(Map<String, Set<String>> needs) {
      this.needs = needs;
    }

    int visit(String node) {
      Integer known = low.get(node);
      if (known != null) {
        return known;
      }
      int mine = order.size();
      order.put(node, mine);
      low.put(node, mine);
      path.push(node);
      onPath.add(node);
      Collection<String> targets = needs.getOrDefault(node, Set.of());
      for (String target : targets) {
        if (!order.containsKey(target)) {
          low.merge(node, visit(target), Math::min);
        } else if (onPath.contains(target)) {
          low.merge(node, order.getOrDefault(target, mine), Math::min);
        }
      }
      int lowest = low.getOrDefault(node, mine);
      if (lowest == mine) {
        Set<String> component = new HashSet<>();
        String member;
        do {
          member = path.pop();
          onPath.remove(member);
          component.add(member);
        } while (!member.equals(node));
        components.add(component);
      }
      return lowest;
    }
  }
}
