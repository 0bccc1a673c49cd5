package io.plumbline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Checks the committed pages against the classes. */
class GeneratedPagesTests {

  private static final Path ROOT = Path.of("../..");

  private static final Set<String> PERMITTED =
      Set.of(
          "0BSD",
          "Apache-2.0",
          "BSD-2-Clause",
          "BSD-3-Clause",
          "Bouncy Castle Licence",
          "CC0-1.0",
          "CDDL-1.0",
          "CDDL-1.1",
          "EPL-1.0",
          "EPL-2.0",
          "Go License",
          "ISC",
          "LGPL-2.1-only",
          "LGPL-2.1-or-later",
          "MIT",
          "MIT-0",
          "MPL-2.0",
          "The (New) BSD License",
          "Unlicense");

  private final List<ServiceClasses> services = ServiceClasses.all(ROOT);

  @Test
  void the_page_of_events_is_current() throws IOException {
    assertCurrent("docs/events.md", new EventsPage(services).text());
  }

  @Test
  void the_page_of_modules_is_current() throws IOException {
    assertCurrent("docs/modules.md", new ModulesPage(services).text());
  }

  /**
   * Checks the file by which the launcher, and an operator elsewhere, grants access to the broker.
   */
  @Test
  void the_subscriptions_of_the_services_are_current() throws IOException {
    assertCurrent("infra/kafka/subscriptions.json", new SubscriptionsFile(services).text());
  }

  @Test
  void the_page_of_dependencies_is_current() throws IOException {
    assertCurrent("docs/dependencies.md", DependenciesPage.text(Dependencies.all(ROOT)));
  }

  @Test
  void every_dependency_has_a_licence_that_permits_shipping_it() throws IOException {
    assertThat(Dependencies.all(ROOT))
        .hasSizeGreaterThan(100)
        .allSatisfy(dependency ->
            assertThat(dependency.licences())
                .as("licences of %s; one of them has to be among PERMITTED", dependency)
                .containsAnyElementsOf(PERMITTED));
  }

  private static void assertCurrent(String page, String generated) throws IOException {
    Path file = ROOT.resolve(page);
    if (Boolean.getBoolean("docs.update")) {
      Files.writeString(file, generated);
    }
    assertThat(file)
        .as("%s is renewed by: ./mvnw -pl infra/docs test -Ddocs.update=true", page)
        .hasContent(generated);
  }
}
