package io.plumbline.launcher.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotCacheTests {

  @TempDir Path folder;

  @Test
  void the_digest_changes_with_the_content_and_names_of_a_jar() throws IOException {
    String digest = AotCache.digest(jar("a", "one", 1));

    assertThat(AotCache.digest(jar("a", "one", 2))).as("made at another time").isEqualTo(digest);
    assertThat(AotCache.digest(jar("a", "two", 1))).as("with another content").isNotEqualTo(digest);
    assertThat(AotCache.digest(jar("b", "one", 1))).as("of another name").isNotEqualTo(digest);
  }

  private Path jar(String name, String content, int day) throws IOException {
    Path jar = folder.resolve("application.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      ZipEntry entry = new ZipEntry(name);
      entry.setTime(day * 86_400_000L);
      zip.putNextEntry(entry);
      zip.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return jar;
  }
}
