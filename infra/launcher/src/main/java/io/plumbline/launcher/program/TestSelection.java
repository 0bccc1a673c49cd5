package io.plumbline.launcher.program;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The modules that a change concerns: those with a changed file and those that depend on them, but
 * not the end-to-end tests, which depend on everything. Uses nothing but the JDK: {@code
 * ./plumbline test --changed} runs this class from its source and passes what it prints to Maven.
 */
final class TestSelection {

  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
  private static final Pattern OWN_NAME =
      Pattern.compile("(?s)(?:</parent>|</modelVersion>)\\s*<artifactId>([^<]+)</artifactId>");
  private static final Pattern NEEDS =
      Pattern.compile("<groupId>io\\.plumbline</groupId>\\s*<artifactId>([^<]+)</artifactId>");

  /** The end-to-end tests, which take as long as all others together and depend on all modules. */
  private static final Set<String> WHOLE_PLATFORM = Set.of("infra/e2e", "infra/clients");

  /**
   * The gateway, because the portal's types are generated from the descriptions of all services.
   */
  private static final String PORTAL = "gateway";

  /** The rules of the house, which check every source. */
  private static final String HOUSE = "infra/house";

  /** The modules that test what is in no module's folder. */
  private static final Map<String, String> TESTED_BY =
      Map.of(
          "docs/", "infra/docs",
          "README.md", "infra/docs",
          "CONTRIBUTING.md", "infra/docs",
          "k8s/", "infra/manifests",
          "infra/observability/", "infra/manifests");

  private final Path root;

  /** The modules that each module needs, by their folders. */
  private final Map<String, Set<String>> needs = new LinkedHashMap<>();

  TestSelection(Path root) {
    this.root = root;
    Map<String, String> folders = new LinkedHashMap<>();
    Map<String, String> builds = new LinkedHashMap<>();
    for (String folder : allMatches(MODULE, read(root.resolve("pom.xml")))) {
      String build = read(root.resolve(folder).resolve("pom.xml"));
      builds.put(folder, build);
      folders.put(allMatches(OWN_NAME, build).getFirst(), folder);
    }
    builds.forEach((folder, build) ->
        needs.put(
            folder,
            allMatches(NEEDS, build).stream()
                .filter(folders::containsKey)
                .map(folders::get)
                .filter(needed -> !needed.equals(folder))
                .collect(Collectors.toCollection(TreeSet::new))));
  }

  /** Reads the paths of what has changed from standard input and prints an argument in a line. */
  public static void main(String[] arguments) throws IOException {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      new TestSelection(Path.of(""))
          .mavenArguments(in.lines().toList())
          .forEach(System.out::println);
    }
  }

  /**
   * Returns Maven's arguments: build the modules with all that they need, and run the tests of
   * these modules alone. Empty when the change concerns everything.
   */
  List<String> mavenArguments(List<String> changed) {
    Optional<Set<String>> modules = modules(changed);
    if (modules.isEmpty()) {
      return List.of();
    }
    List<String> arguments =
        new ArrayList<>(List.of("-pl", String.join(",", modules.get()), "-am"));
    arguments.add(
        "-Dtest="
            + modules.get().stream().flatMap(this::testClasses).collect(Collectors.joining(",")));
    arguments.add("-Dsurefire.failIfNoSpecifiedTests=false");
    if (!modules.get().contains(PORTAL)) {
      arguments.add("-Dportal.tests.skip=true");
    }
    return arguments;
  }

  /**
   * Returns the modules of files; empty when one is in no module or in the end-to-end tests, since
   * then everything is tested.
   */
  Optional<Set<String>> modules(List<String> changed) {
    Set<String> modules = new TreeSet<>(Set.of(HOUSE));
    Deque<String> reached = new ArrayDeque<>();
    for (String file : changed) {
      Optional<String> owner = owningModule(file);
      if (owner.isEmpty() || WHOLE_PLATFORM.contains(owner.get())) {
        return Optional.empty();
      }
      reached.add(owner.get());
      if (file.endsWith("/openapi.yaml")) {
        reached.add(PORTAL);
      }
    }
    while (!reached.isEmpty()) {
      String module = reached.remove();
      if (modules.add(module)) {
        needs.forEach((dependent, needed) -> {
          if (needed.contains(module) && !WHOLE_PLATFORM.contains(dependent)) {
            reached.add(dependent);
          }
        });
      }
    }
    return Optional.of(modules);
  }

  private Optional<String> owningModule(String file) {
    return Stream.concat(
            TESTED_BY.entrySet().stream()
                .filter(tested -> file.startsWith(tested.getKey()))
                .map(Map.Entry::getValue),
            needs.keySet().stream().filter(module -> file.startsWith(module + "/")))
        .findFirst();
  }

  private Stream<String> testClasses(String module) {
    Path tests = root.resolve(module).resolve("src/test/java");
    if (!Files.isDirectory(tests)) {
      return Stream.of();
    }
    try (Stream<Path> files = Files.walk(tests)) {
      return files
          .map(file -> tests.relativize(file).toString().replace('\\', '/'))
          .filter(file -> file.endsWith("Tests.java"))
          .map(file -> file.substring(0, file.length() - ".java".length()).replace('/', '.'))
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> allMatches(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(found -> found.group(1)).toList();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
