package io.plumbline.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.launcher.installation.LauncherException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebianPackagesTests {

  @TempDir Path folder;

  @Test
  void libraries_and_licences_are_taken_and_lie_in_usr() throws IOException {
    ReproducibleTar content = new ReproducibleTar();
    byte[] bytes = {1};
    content.addFile("lib/x86_64-linux-gnu/libc.so.6", 0755, bytes);
    content.addLink("lib64/ld-linux-x86-64.so.2", "/lib/x86_64-linux-gnu/ld-2.36.so");
    content.addFile("usr/lib/x86_64-linux-gnu/libz.so.1", 0644, bytes);
    content.addFile("usr/lib/x86_64-linux-gnu/gconv/BIG5.so", 0644, bytes);
    content.addFile("usr/share/doc/libc6/copyright", 0644, bytes);
    content.addFile("usr/share/doc/libc6/changelog.gz", 0644, bytes);
    content.addFile("usr/share/man/man1/ldd.1", 0644, bytes);
    content.addFile("usr/bin/ldd", 0755, bytes);
    content.addFile("etc/ld.so.conf", 0644, bytes);
    content.writeTo(folder.resolve("package.tar"));
    ReproducibleTar layer = new ReproducibleTar();
    try (InputStream in = Files.newInputStream(folder.resolve("package.tar"))) {
      DebianPackages.addTo(layer, in);
    }
    layer.writeTo(folder.resolve("layer.tar"));
    assertThat(entries(folder.resolve("layer.tar")))
        .isEqualTo(
            new TreeMap<>(
                Map.of(
                    "usr/lib/x86_64-linux-gnu/libc.so.6",
                    "755 ",
                    "usr/lib64/ld-linux-x86-64.so.2",
                    "777 /lib/x86_64-linux-gnu/ld-2.36.so",
                    "usr/lib/x86_64-linux-gnu/libz.so.1",
                    "644 ",
                    "usr/share/doc/libc6/copyright",
                    "644 ")));
  }

  @Test
  void a_machine_without_the_programs_of_debian_is_refused() {
    assertThatThrownBy(() -> DebianPackages.requireHere(folder + ":/nowhere"))
        .isInstanceOf(LauncherException.class)
        .hasMessage(
            "Without --base, images stand on packages of Debian, and this machine has no apt-get."
                + " Run this on Debian or Ubuntu, or name a base image with Java 25:"
                + " --base NAME@sha256:DIGEST.");
  }

  private static Map<String, String> entries(Path file) throws IOException {
    Map<String, String> entries = new TreeMap<>();
    try (TarFile tar = new TarFile(file)) {
      for (TarArchiveEntry entry : tar.getEntries()) {
        if (!entry.isDirectory()) {
          entries.put(
              entry.getName(), "%o %s".formatted(entry.getMode() & 07777, entry.getLinkName()));
        }
      }
    }
    return entries;
  }
}
