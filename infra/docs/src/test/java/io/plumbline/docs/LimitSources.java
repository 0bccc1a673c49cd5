package io.plumbline.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.FileSystemResource;

/**
 * The values of limits in the sources: constants, annotations of fields, defaults of properties,
 * and the realm. The sources are read as text; a name that stands for several values has all of
 * them.
 *
 * @param java by the name of its file, without extension; several modules may have one of the same
 * @param settings of all {@code application.yaml}
 */
record LimitSources(List<Source> java, List<Properties> settings, Map<String, String> realms) {

  private static final Pattern BOUND =
      Pattern.compile(
          "@(?:Size|Max|DecimalMax)\\((?:[^()]*?\\b(?:max|value) = )?\"?(?<bound>[\\w.]+)\"?");
  private static final Pattern SETTINGS =
      Pattern.compile("@ConfigurationProperties\\(\"(?<prefix>[^\"]+)\"\\)");

  /** A component with a default value. */
  private static final Pattern DEFAULTED =
      Pattern.compile("@DefaultValue\\(\"(?<value>[^\"]*)\"\\) (?<type>\\w+) (?<name>\\w+)");

  private static final Pattern BOUNDING = Pattern.compile("(?:max|per|burst|quota)[A-Z]?\\w*");

  /** A file. */
  record Source(String name, String text) {

    private List<String> all(Pattern pattern, String group) {
      List<String> found = new ArrayList<>();
      for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
        found.add(matcher.group(group));
      }
      return found;
    }
  }

  static LimitSources of(Path root) throws IOException {
    List<Source> java = new ArrayList<>();
    List<Properties> settings = new ArrayList<>();
    for (String modules : List.of("services", "gateway", "infra")) {
      try (Stream<Path> files = Files.walk(root.resolve(modules))) {
        for (Path file : files.filter(LimitSources::isMain).sorted().toList()) {
          String name = String.valueOf(file.getFileName());
          if (name.endsWith(".java")) {
            java.add(
                new Source(
                    name.substring(0, name.length() - ".java".length()), Files.readString(file)));
          } else if (name.equals("application.yaml")) {
            settings.add(flat(file));
          }
        }
      }
    }
    String realm = "plumbline-realm.json";
    return new LimitSources(
        java,
        settings,
        Map.of(realm, Files.readString(root.resolve("infra/keycloak").resolve(realm))));
  }

  private static boolean isMain(Path file) {
    String path = file.toString().replace('\\', '/');
    return path.contains("/src/main/") && !path.contains("/platform-test/");
  }

  private static Properties flat(Path yaml) {
    YamlPropertiesFactoryBean reader = new YamlPropertiesFactoryBean();
    reader.setResources(new FileSystemResource(yaml));
    return Objects.requireNonNullElseGet(reader.getObject(), Properties::new);
  }

  /** Returns whether an answer of some service or of the gateway has this type or code. */
  boolean answers(String slug) {
    return java.stream().anyMatch(source -> source.text().contains("\"" + slug + "\""));
  }

  /** Returns the last parts of the properties whose names say that they bound something. */
  Set<String> boundingProperties() {
    Set<String> found = new TreeSet<>();
    for (Source source : java) {
      source.all(DEFAULTED, "name").stream()
          .filter(name -> BOUNDING.matcher(name).matches())
          .map(LimitSources::kebab)
          .forEach(found::add);
    }
    return found;
  }

  /**
   * @param cited {@code Class#CONSTANT}, {@code Class#field}, {@code file.json#key} or a property
   * @return every value that it has; none when it is not in the sources
   */
  List<Quantity> values(String cited) {
    int hash = cited.indexOf('#');
    if (hash < 0) {
      return property(cited);
    }
    String holder = cited.substring(0, hash);
    String name = cited.substring(hash + 1);
    if (realms.containsKey(holder)) {
      return matches(
          realms.getOrDefault(holder, ""), "\"" + name + "\"\\s*:\\s*(?<value>\\d+)", "value");
    }
    List<Quantity> found = new ArrayList<>();
    for (Source source : java) {
      if (source.name().equals(holder)) {
        found.addAll(
            name.equals(name.toUpperCase(Locale.ROOT))
                ? constant(source, name)
                : field(source, name));
      }
    }
    return found;
  }

  private List<Quantity> constant(Source source, String name) {
    return source.all(Pattern.compile("\\b" + name + " =\\s*(?<value>[^;]+);"), "value").stream()
        .map(expression -> Quantity.computed(expression, each -> named(source, each)))
        .toList();
  }

  /** Returns the value of a constant of the same class, or of another class that is named. */
  private Quantity named(Source source, String name) {
    int dot = name.lastIndexOf('.');
    List<Quantity> found =
        dot < 0
            ? constant(source, name)
            : values(name.substring(0, dot) + "#" + name.substring(dot + 1));
    if (found.size() != 1) {
      throw new IllegalArgumentException(
          source.name() + " names " + name + ", of which this test finds " + found);
    }
    return found.getFirst();
  }

  /** Returns the first bound of each component of this name that has one. */
  private List<Quantity> field(Source source, String name) {
    List<Quantity> found = new ArrayList<>();
    Matcher component = Pattern.compile("[\\w>]\\s+" + name + "\\s*[,)]").matcher(source.text());
    while (component.find()) {
      Matcher bound = BOUND.matcher(declaration(source.text(), component.start()));
      if (bound.find()) {
        found.add(Quantity.computed(bound.group("bound"), each -> named(source, each)));
      }
    }
    return found;
  }

  /** Returns the declaration of a component, from the end of the component before it. */
  private static String declaration(String text, int end) {
    int depth = 0;
    for (int i = end; i > 0; i--) {
      char c = text.charAt(i);
      if (c == ')' || c == '>') {
        depth++;
      } else if ((c == '(' || c == '<') && depth > 0) {
        depth--;
      } else if ((c == ',' || c == '(') && depth == 0) {
        return text.substring(i + 1, end);
      }
    }
    return text.substring(0, end);
  }

  private List<Quantity> property(String name) {
    List<Quantity> found = new ArrayList<>();
    for (Properties each : settings) {
      Optional.ofNullable(each.get(name))
          .map(String::valueOf)
          .flatMap(Quantity::written)
          .ifPresent(found::add);
    }
    String quoted = Pattern.quote(name);
    String end = Pattern.quote(name.substring(name.lastIndexOf('.')));
    for (Source source : java) {
      found.addAll(
          matches(
              source.text(), "defaults\\.put\\(\"" + quoted + "\", \"(?<value>[^\"]+)\"", "value"));
      // The clients of all services have the same.
      if (name.startsWith("spring.http.serviceclient.")) {
        found.addAll(
            matches(source.text(), "client \\+ \"" + end + "\", \"(?<value>[^\"]+)\"", "value"));
      }
      found.addAll(matches(source.text(), "\\$\\{" + quoted + ":(?<value>[^}]+)\\}", "value"));
      for (String prefix : source.all(SETTINGS, "prefix")) {
        if (name.startsWith(prefix + ".")) {
          String[] path = name.substring(prefix.length() + 1).split("\\.", -1);
          components(source, source.name())
              .ifPresent(each -> found.addAll(component(each, List.of(path))));
        }
      }
    }
    return found;
  }

  /** Returns the default of a component. A path leads through the records that are components. */
  private List<Quantity> component(String components, List<String> path) {
    String name = camel(path.getFirst());
    if (path.size() == 1) {
      return matches(
          components, "@DefaultValue\\(\"(?<value>[^\"]+)\"\\) \\w+ " + name + "\\b", "value");
    }
    Pattern nested = Pattern.compile("@DefaultValue (?<type>\\w+) " + name + "\\b");
    return new Source("", components)
        .all(nested, "type").stream()
            .flatMap(type -> java.stream().flatMap(each -> components(each, type).stream()))
            .flatMap(each -> component(each, path.subList(1, path.size())).stream())
            .toList();
  }

  /**
   * Returns the components of a record, as they stand in its parentheses, if the source has the
   * record.
   */
  private static Optional<String> components(Source source, String type) {
    int start = source.text().indexOf("record " + type + "(");
    if (start < 0) {
      return Optional.empty();
    }
    int depth = 0;
    for (int i = source.text().indexOf('(', start); i < source.text().length(); i++) {
      char c = source.text().charAt(i);
      if (c == '(') {
        depth++;
      } else if (c == ')' && --depth == 0) {
        return Optional.of(source.text().substring(start, i));
      }
    }
    return Optional.empty();
  }

  private static List<Quantity> matches(String text, String pattern, String group) {
    return new Source("", text)
        .all(Pattern.compile(pattern), group).stream()
            .flatMap(value -> Quantity.written(value).stream())
            .toList();
  }

  private static String camel(String kebab) {
    return Pattern.compile("-(\\w)")
        .matcher(kebab)
        .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
  }

  private static String kebab(String camel) {
    return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
