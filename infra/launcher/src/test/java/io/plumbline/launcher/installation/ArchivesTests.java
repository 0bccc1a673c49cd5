package io.plumbline.launcher.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchivesTests {

  @TempDir Path folder;

  @Test
  void the_top_folder_of_a_zip_becomes_the_target() throws IOException {
    Path zip = zip(Map.of("server-1/bin/run", "run".getBytes(StandardCharsets.UTF_8)));
    Archives.unzip(zip, folder.resolve("target"));
    assertThat(folder.resolve("target/bin/run")).hasContent("run");
    assertThat(folder.resolve("target.new")).doesNotExist();
  }

  @Test
  void a_target_that_exists_is_left_as_it_is() throws IOException {
    Files.createDirectory(folder.resolve("target"));
    Archives.unzip(
        zip(Map.of("server-1/run", "run".getBytes(StandardCharsets.UTF_8))),
        folder.resolve("target"));
    assertThat(folder.resolve("target")).isEmptyDirectory();
  }

  @Test
  void an_entry_that_leads_outside_is_refused() throws IOException {
    Path zip = zip(Map.of("server-1/../../evil", "x".getBytes(StandardCharsets.UTF_8)));
    assertThatThrownBy(() -> Archives.unzip(zip, folder.resolve("target")))
        .isInstanceOf(LauncherException.class)
        .hasMessageContaining("the entry ../../evil would be written outside of the target folder");
    assertThat(folder.resolve("target")).doesNotExist();
  }

  @Test
  void files_links_and_permissions_of_a_tar_are_kept() throws IOException {
    Archives.unpackTarInJar(zip(Map.of("postgres-linux.txz", tar())), folder.resolve("target"));
    Path target = folder.resolve("target");
    assertThat(Files.readSymbolicLink(target.resolve("lib/link")).toString()).isEqualTo("library");
    assertThat(permissions(target.resolve("bin/postgres"))).isEqualTo("rwxr-xr-x");
    assertThat(permissions(target.resolve("lib/library"))).isEqualTo("rw-r--r--");
  }

  @Test
  void a_jar_without_a_tar_is_refused() throws IOException {
    Path jar = zip(Map.of("README", new byte[0]));
    assertThatThrownBy(() -> Archives.unpackTarInJar(jar, folder.resolve("target")))
        .isInstanceOf(LauncherException.class)
        .hasMessageContainingAll(jar.toString(), "contains no .txz file");
  }

  @Test
  void deleting_takes_the_content_along_and_ignores_what_is_absent() throws IOException {
    Path file = Files.createDirectories(folder.resolve("a/b")).resolve("file");
    Files.createFile(file);
    Archives.delete(folder.resolve("a"));
    Archives.delete(folder.resolve("a"));
    assertThat(folder.resolve("a")).doesNotExist();
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private Path zip(Map<String, byte[]> entries) throws IOException {
    Path zip = folder.resolve("archive.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (Map.Entry<String, byte[]> entry : new LinkedHashMap<>(entries).entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue());
      }
    }
    return zip;
  }

  private static byte[] tar() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new XZCompressorOutputStream(bytes))) {
      entry(tar, "bin/postgres", 0755);
      entry(tar, "lib/library", 0644);
      TarArchiveEntry link = new TarArchiveEntry("lib/link", TarArchiveEntry.LF_SYMLINK);
      link.setLinkName("library");
      tar.putArchiveEntry(link);
      tar.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }

  private static void entry(TarArchiveOutputStream tar, String name, int mode) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setMode(mode);
    entry.setSize(1);
    tar.putArchiveEntry(entry);
    tar.write('x');
    tar.closeArchiveEntry();
  }
}
