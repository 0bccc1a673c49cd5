package io.plumbline.demo.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTests {

  @TempDir Path folder;

  private Path write(String json) throws IOException {
    return Files.writeString(folder.resolve("access.json"), json);
  }

  @Test
  void authorities_are_beside_the_file_that_names_them() throws IOException {
    Path file =
        write(
            """
            {"gateway":"https://g","tokenUri":"https://k/token","clientId":"demo","people":{"ada":"a"},
             "authorities":"ca.pem"}
            """);

    assertThat(Access.read(file))
        .isEqualTo(
            new Access(
                "https://g",
                "https://k/token",
                "demo",
                Map.of("ada", "a"),
                folder.resolve("ca.pem").toAbsolutePath()));
  }

  @Test
  void a_file_that_lacks_something_is_refused() throws IOException {
    Path file = write("{\"gateway\":\"https://g\"}");

    assertThatThrownBy(() -> Access.read(file))
        .isInstanceOf(StepFailed.class)
        .hasMessageContaining("tokenUri");
  }

  @Test
  void authorities_that_cannot_be_read_are_named() {
    Access access =
        new Access("https://g", "https://k", "demo", Map.of(), folder.resolve("no.pem"));

    assertThatThrownBy(access::sslContext)
        .isInstanceOf(StepFailed.class)
        .hasMessageContaining("no.pem");
  }
}
