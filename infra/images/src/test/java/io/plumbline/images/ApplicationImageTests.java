package io.plumbline.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.images.OciArchive.Descriptor;
import io.plumbline.launcher.installation.LauncherException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ApplicationImageTests {

  @TempDir Path folder;

  @Test
  void the_same_files_give_the_same_image() throws IOException {
    ApplicationFiles first = sample("first", "gateway", "class");
    ApplicationFiles later = sample("later", "gateway", "class");
    Files.setLastModifiedTime(later.jar(), FileTime.from(Instant.parse("2030-01-01T00:00:00Z")));
    assertThat(build(first, "a", "1")).isEqualTo(build(later, "b", "2"));
    assertThat(folder.resolve("1.tar")).hasSameBinaryContentAs(folder.resolve("2.tar"));
  }

  @Test
  void a_changed_class_changes_the_last_layer_alone() throws IOException {
    build(sample("first", "gateway", "class"), "a", "1");
    build(sample("later", "gateway", "other"), "b", "2");
    List<String> before = layers("1");
    List<String> after = layers("2");
    assertThat(after.subList(0, after.size() - 1)).isEqualTo(before.subList(0, before.size() - 1));
    assertThat(after.getLast()).isNotEqualTo(before.getLast());
  }

  @Test
  void images_share_the_layer_of_a_large_library() throws IOException {
    List<List<String>> layers = new ArrayList<>();
    for (String name : List.of("inference", "training")) {
      Path files = Files.createDirectories(folder.resolve(name));
      ApplicationFiles application = SampleApplication.write(files, name, name);
      try (RandomAccessFile model =
          new RandomAccessFile(files.resolve("lib/model-1.jar").toFile(), "rw")) {
        model.setLength(8L << 20);
      }
      build(ApplicationFiles.in(files, application.name(), "0.1.0"), name, name);
      layers.add(layers(name));
    }
    assertThat(layers.getFirst()).hasSize(5);
    assertThat(layers.getFirst().subList(0, 4)).isEqualTo(layers.getLast().subList(0, 4));
  }

  @Test
  void it_runs_as_any_user_of_group_0_and_needs_no_writable_file() throws IOException {
    build(sample("first", "gateway", "class"), "a", "1");
    JsonNode config = configuration("1").path("config");
    assertThat(config.path("User").asString()).isEqualTo("10001:0");
    assertThat(config.path("Entrypoint").valueStream().map(JsonNode::asString).toList())
        .containsExactly("java", "@/app/jvm.options", "-jar", "/app/gateway-0.1.0.jar");
    assertThat(modes("1"))
        .isEqualTo(
            new TreeMap<>(
                Map.ofEntries(
                    Map.entry("app/", "0:0 755"),
                    Map.entry("app/gateway-0.1.0.jar", "0:0 644"),
                    Map.entry("app/jvm.options", "0:0 644"),
                    Map.entry("app/lib/", "0:0 755"),
                    Map.entry("app/lib/platform-0.1.0.jar", "0:0 644"),
                    Map.entry("app/lib/text-2-linux.jar", "0:0 644"),
                    Map.entry("bin", "0:0 777"),
                    Map.entry("etc/", "0:0 755"),
                    Map.entry("etc/group", "0:0 644"),
                    Map.entry("etc/nsswitch.conf", "0:0 644"),
                    Map.entry("etc/passwd", "0:0 644"),
                    Map.entry("lib", "0:0 777"),
                    Map.entry("lib64", "0:0 777"),
                    Map.entry("sbin", "0:0 777"),
                    Map.entry("tmp/", "0:0 1777"),
                    Map.entry("usr/", "0:0 755"),
                    Map.entry("usr/bin/", "0:0 755"),
                    Map.entry("usr/lib/", "0:0 755"),
                    Map.entry("usr/lib64/", "0:0 755"),
                    Map.entry("usr/sbin/", "0:0 755"))));
  }

  @Test
  void a_base_is_pulled_by_its_digest() throws IOException {
    build(sample("base", "base", "class"), "a", "1");
    try (LocalRegistry server = new LocalRegistry();
        Registry registry = new Registry(RegistryAddress.parse(server.address()));
        OciArchive archive = new OciArchive(folder.resolve("1.tar"))) {
      registry.push(archive);
      PinnedBase base =
          PinnedBase.parse(server.address() + "/plumbline/base@" + archive.manifest().digest());
      ApplicationFiles files = sample("first", "gateway", "class");
      new ApplicationImage(base, Files.createDirectories(folder.resolve("b")))
          .build(files, folder.resolve("2.tar"));
      assertThat(layers("2")).startsWith(layers("1").toArray(String[]::new));
    }
  }

  @Test
  void a_base_that_is_not_there_is_named() throws IOException {
    ApplicationFiles files = sample("first", "gateway", "class");
    try (LocalRegistry server = new LocalRegistry()) {
      String name = server.address() + "/java@sha256:" + "0".repeat(64);
      ApplicationImage image =
          new ApplicationImage(
              PinnedBase.parse(name), Files.createDirectories(folder.resolve("a")));
      assertThatThrownBy(() -> image.build(files, folder.resolve("1.tar")))
          .isInstanceOf(LauncherException.class)
          .hasMessageContaining("Cannot build plumbline/gateway:0.1.0 on " + name);
    }
  }

  private ApplicationFiles sample(String where, String name, String itsClass) throws IOException {
    return SampleApplication.write(Files.createDirectories(folder.resolve(where)), name, itsClass);
  }

  private BuiltImage build(ApplicationFiles files, String work, String archive) throws IOException {
    Path cache = Files.createDirectories(folder.resolve("work-" + work));
    return new ApplicationImage(SampleApplication.base(cache.resolve("made")), cache)
        .build(files, folder.resolve(archive + ".tar"));
  }

  private List<String> layers(String archive) throws IOException {
    try (OciArchive opened = new OciArchive(folder.resolve(archive + ".tar"))) {
      return opened.blobs().stream().skip(1).map(Descriptor::digest).toList();
    }
  }

  private JsonNode configuration(String archive) throws IOException {
    try (OciArchive opened = new OciArchive(folder.resolve(archive + ".tar"))) {
      return JsonMapper.shared().readTree(opened.readBlob(opened.blobs().getFirst().digest()));
    }
  }

  private Map<String, String> modes(String archive) throws IOException {
    Map<String, String> modes = new TreeMap<>();
    try (OciArchive opened = new OciArchive(folder.resolve(archive + ".tar"))) {
      for (String digest : layers(archive)) {
        InputStream layer = new GZIPInputStream(new ByteArrayInputStream(opened.readBlob(digest)));
        TarArchiveInputStream tar = new TarArchiveInputStream(layer);
        for (@Nullable TarArchiveEntry entry = tar.getNextEntry();
            entry != null;
            entry = tar.getNextEntry()) {
          modes.put(
              entry.getName(),
              "%d:%d %o"
                  .formatted(
                      entry.getLongUserId(), entry.getLongGroupId(), entry.getMode() & 07777));
        }
      }
    }
    return modes;
  }
}
