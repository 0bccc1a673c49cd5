package io.plumbline.house;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Allows no cycle among packages. It reads the imports of the main code of all modules, not of
 * tests.
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
    Set<String> entangled = packagesInCycles(needs);
    return Result.of(
        entangled.isEmpty()
            ? List.of()
            : List.of(String.join(" and ", entangled) + " need each other; move what both need"));
  }

  /**
   * Returns the packages that are in a cycle or between two. A package is in none if it needs no
   * other one, or if no other one needs it; without such packages the same holds for the rest.
   */
  static Set<String> packagesInCycles(Map<String, Set<String>> needs) {
    Set<String> rest = new TreeSet<>(needs.keySet());
    boolean removed = true;
    while (removed) {
      removed =
          rest.removeIf(each -> Collections.disjoint(needs.getOrDefault(each, Set.of()), rest))
              || rest.removeIf(each ->
                  rest.stream()
                      .noneMatch(other -> needs.getOrDefault(other, Set.of()).contains(each)));
    }
    return rest;
  }
}
