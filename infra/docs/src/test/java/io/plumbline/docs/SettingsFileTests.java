package io.plumbline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The settings that the launcher accepts in {@code .plumbline/environment}. */
class SettingsFileTests {

  private static final Path ROOT = Path.of("../..");

  @Test
  void the_launcher_knows_every_setting_of_the_applications() throws IOException {
    Path file = ROOT.resolve("infra/launcher/src/main/resources/settings.txt");
    String current = SettingsFile.of(ROOT).text();
    if (Boolean.getBoolean("docs.update")) {
      Files.writeString(file, current);
    }
    assertThat(file)
        .as("%s is renewed by: ./mvnw -pl infra/docs test -Ddocs.update=true", file)
        .hasContent(current);
  }

  @Test
  void a_setting_is_found_wherever_it_is_read() throws IOException {
    assertThat(SettingsFile.of(ROOT).text().lines())
        .contains(
            "plumbline.providers.allowed-networks",
            "plumbline.gateway.sign-in.per-minute",
            "plumbline.providers.platform-ports",
            "plumbline.sensitive-data.regions",
            "plumbline.gateway.fast-path",
            "plumbline.jobs.concurrency.*",
            "plumbline.events.keys.*",
            "plumbline.services.*",
            "plumbline.web.body.max-bytes",
            "plumbline.sensitive-data.workspaces.*");
  }
}
