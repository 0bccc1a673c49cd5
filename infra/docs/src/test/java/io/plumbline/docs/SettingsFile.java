package io.plumbline.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The settings that the applications read, by their sources: the components of every record of
 * settings, and what is read by its name. A name that ends in {@code *} stands for all below it.
 *
 * @param sources the text of each file
 */
record SettingsFile(List<String> sources) {

  private static final Pattern SETTINGS =
      Pattern.compile(
          "@ConfigurationProperties\\(\"(?<name>[^\"]+)\"\\)[^{;]*?record (?<type>\\w+)\\(");

  private static final Pattern NAMED =
      Pattern.compile(
          "(?:\\$\\{|(?:getProperty\\(|[A-Z]+ = |Property\\(name = )\\s*\")"
              + "(?<name>plumbline\\.[a-z-]+\\.[a-z.-]*)(?=[\":}])");

  private static final Pattern COMPONENT =
      Pattern.compile("(?<type>\\w+)(?<arguments><.*>)? (?<name>\\w+)\\s*$", Pattern.DOTALL);

  private static final Set<String> MANY = Set.of("List", "Set", "Map");

  static SettingsFile of(Path root) throws IOException {
    List<String> sources = new ArrayList<>();
    for (String modules : List.of("services", "gateway/src")) {
      try (Stream<Path> files = Files.walk(root.resolve(modules))) {
        for (Path file : files.filter(SettingsFile::isMain).sorted().toList()) {
          sources.add(Files.readString(file));
        }
      }
    }
    return new SettingsFile(sources);
  }

  private static boolean isMain(Path file) {
    String path = file.toString().replace('\\', '/');
    return path.contains("/src/main/")
        && !path.contains("/platform-test/")
        && path.endsWith(".java");
  }

  String text() {
    return String.join("\n", names()) + "\n";
  }

  private Set<String> names() {
    Set<String> names = new TreeSet<>();
    for (String source : sources) {
      SETTINGS
          .matcher(source)
          .results()
          .forEach(found -> components(source, found.group("type"), found.group("name"), names));
      NAMED
          .matcher(source)
          .results()
          .map(found -> found.group("name"))
          .forEach(name -> names.add(name.endsWith(".") ? name + "*" : name));
    }
    return names;
  }

  private void components(String source, String type, String prefix, Set<String> names) {
    for (String component : split(parameters(source, type).orElseThrow())) {
      Matcher parts = COMPONENT.matcher(component);
      if (!parts.find()) {
        throw new IllegalStateException(type + " has a component that is not read: " + component);
      }
      String name = prefix + "." + kebab(parts.group("name"));
      String of = parts.group("type");
      Optional<String> nested =
          Stream.concat(Stream.of(source), sources.stream())
              .filter(each -> parameters(each, of).isPresent())
              .findFirst();
      if (nested.isPresent()) {
        components(nested.get(), of, name, names);
      } else {
        names.add(name);
        if (MANY.contains(of)) {
          names.add(name + ".*");
        }
      }
    }
  }

  /**
   * Returns the components of a record, as they stand in its parentheses, if the source has the
   * record.
   */
  private static Optional<String> parameters(String source, String type) {
    int start = source.indexOf("record " + type + "(");
    if (start < 0) {
      return Optional.empty();
    }
    int open = source.indexOf('(', start);
    int depth = 0;
    for (int i = open; i < source.length(); i++) {
      depth += depth(source.charAt(i));
      if (depth == 0) {
        return Optional.of(source.substring(open + 1, i));
      }
    }
    return Optional.empty();
  }

  private static List<String> split(String components) {
    List<String> found = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < components.length(); i++) {
      depth += depth(components.charAt(i));
      if (depth == 0 && components.charAt(i) == ',') {
        found.add(components.substring(start, i));
        start = i + 1;
      }
    }
    found.add(components.substring(start));
    return found;
  }

  private static int depth(char c) {
    return switch (c) {
      case '(', '<', '{' -> 1;
      case ')', '>', '}' -> -1;
      default -> 0;
    };
  }

  private static String kebab(String camel) {
    return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
