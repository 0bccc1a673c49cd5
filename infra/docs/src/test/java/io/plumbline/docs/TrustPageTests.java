package io.plumbline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks that the tests exist which the page names for each possible attack on the platform. */
class TrustPageTests {

  private static final Path ROOT = Path.of("../..");

  /** A test class, by its end where it begins with an ellipsis, a method, or both. */
  private static final Pattern CITED =
      Pattern.compile("`(?<open>…?)(?<type>\\w*(?:Tests|IT))?(?:#(?<method>\\w+))?`");

  private final TestSources sources = TestSources.of(ROOT);
  private final List<String> page = Files.readAllLines(ROOT.resolve("docs/trust.md"));

  TrustPageTests() throws IOException {}

  @Test
  void every_test_that_it_cites_exists() {
    List<String> cited = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String line : page) {
      for (Citation each : citations(line)) {
        cited.add(each.toString());
        if (!sources.has(each.type(), each.method())) {
          missing.add(each.toString());
        }
      }
    }

    assertThat(cited).hasSizeGreaterThan(200);
    assertThat(missing).as("cited by docs/trust.md, and no such test is in the sources").isEmpty();
  }

  @Test
  void every_row_cites_a_test_or_says_what_is_still_possible() {
    assertThat(
            page.stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| What could be done"))
                .filter(row -> citations(row).isEmpty() && !row.contains("**Not yet")))
        .isEmpty();
  }

  /**
   * A method of a class.
   *
   * @param type the class's name, or its end after an ellipsis
   * @param method empty for the whole class
   */
  private record Citation(String type, String method) {

    @Override
    public String toString() {
      return method.isEmpty() ? type : type + "#" + method;
    }
  }

  /**
   * Returns the tests that a row names. A method without a class belongs to the class before it in
   * the row.
   */
  private static List<Citation> citations(String line) {
    List<Citation> found = new ArrayList<>();
    String type = "(no class before it)";
    for (Matcher span = CITED.matcher(line); span.find(); ) {
      String method = span.group("method");
      if (span.group("type") != null) {
        type = span.group("open") + span.group("type");
      } else if (method == null) {
        continue;
      }
      found.add(new Citation(type, method == null ? "" : method));
    }
    return found;
  }

  /** The Java sources of all modules, by the name of their class. */
  private record TestSources(List<Source> all) {

    private record Source(String type, String text) {

      boolean is(String cited) {
        return cited.startsWith("…") ? type.endsWith(cited.substring(1)) : type.equals(cited);
      }
    }

    static TestSources of(Path root) throws IOException {
      List<Source> all = new ArrayList<>();
      for (String modules : List.of("services", "gateway", "infra")) {
        try (Stream<Path> files = Files.walk(root.resolve(modules))) {
          for (Path file : files.filter(TestSources::isSource).toList()) {
            String name = String.valueOf(file.getFileName());
            all.add(
                new Source(
                    name.substring(0, name.length() - ".java".length()), Files.readString(file)));
          }
        }
      }
      return new TestSources(all);
    }

    private static boolean isSource(Path file) {
      String path = file.toString().replace('\\', '/');
      return path.contains("/src/") && path.endsWith(".java");
    }

    boolean has(String type, String method) {
      return all.stream()
          .filter(source -> source.is(type))
          .anyMatch(source -> method.isEmpty() || has(source, method));
    }

    /**
     * Returns whether the class has the method itself, or inherits it from the class that it
     * extends.
     */
    private boolean has(Source source, String method) {
      if (Pattern.compile("\\bvoid " + method + "\\(").matcher(source.text()).find()) {
        return true;
      }
      Matcher parent =
          Pattern.compile("\\bclass " + source.type() + " extends (\\w+)").matcher(source.text());
      return parent.find()
          && !parent.group(1).equals(source.type())
          && has(parent.group(1), method);
    }
  }
}
