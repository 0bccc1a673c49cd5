package io.plumbline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The committed pages, held against the classes. */
class GeneratedPagesTests {

  private static final Path ROOT = Path.of("../..");

  private final List<ServiceClasses> services = ServiceClasses.all(ROOT);

  @Test
  void the_page_of_events_is_current() throws IOException {
    assertCurrent("events.md", new EventsPage(services).text());
  }

  @Test
  void the_page_of_modules_is_current() throws IOException {
    assertCurrent("modules.md", new ModulesPage(services).text());
  }

  private static void assertCurrent(String page, String generated) throws IOException {
    Path file = ROOT.resolve("docs").resolve(page);
    if (Boolean.getBoolean("docs.update")) {
      Files.writeString(file, generated);
    }
    assertThat(file)
        .as("docs/%s is renewed by: mvn -pl infra/docs test -Ddocs.update=true", page)
        .hasContent(generated);
  }
}
