package io.plumbline.launcher.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.launcher.installation.LauncherException;
import io.plumbline.launcher.installation.Layout;
import io.plumbline.launcher.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTests {

  @TempDir Path root;
  private Layout layout;
  private Path jars;

  @BeforeEach
  void create() throws IOException {
    layout = new Layout(root);
    layout.create();
    jars = Files.createDirectories(root.resolve("lib"));
    Files.writeString(jars.resolve("server.jar"), "one");
  }

  /** The server is played by a JVM that prints its version. */
  @Test
  void what_a_first_run_loads_is_loaded_from_the_archive_by_the_next() {
    ClassArchive archive = archive(flags -> java(flags, "-version"));
    assertThat(archive.isMissing()).isFalse();
    run(archive);
    assertThat(archive.isMissing()).isTrue();

    archive.make(archive.dumpProcess());

    assertThat(archive.isMissing()).isFalse();
    assertThat(archive.startCommand()).anyMatch(flag -> flag.startsWith("-XX:SharedArchiveFile="));
    run(archive);
  }

  @Test
  void other_jars_have_another_archive() throws IOException {
    ClassArchive archive = archive(flags -> java(flags, "-version"));
    run(archive);
    archive.make(archive.dumpProcess());

    Files.writeString(jars.resolve("server.jar"), "other");

    assertThat(archive.startCommand())
        .anyMatch(flag -> flag.startsWith("-XX:DumpLoadedClassList="));
    assertThat(archive.isMissing()).isTrue();
  }

  @Test
  void what_failed_is_made_again_after_the_next_start() {
    ClassArchive archive =
        archive(flags -> List.of("sh", "-c", "echo out of memory", flags.get(0)));
    run(archive(flags -> java(flags, "-version")));
    assertThatThrownBy(() -> archive.make(archive.dumpProcess()))
        .isInstanceOf(LauncherException.class)
        .hasMessageContainingAll("were not archived", "out of memory");
    assertThat(archive.isMissing()).isTrue();
  }

  private ClassArchive archive(ClassArchive.Command command) {
    return new ClassArchive("server", jars, command, layout);
  }

  private void run(ClassArchive archive) {
    new ChildProcess("server", archive.startCommand(), Map.of(), root, layout.log("server"))
        .run(Duration.ofMinutes(1));
  }

  private static List<String> java(List<String> flags, String argument) {
    List<String> command =
        new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
    command.addAll(flags);
    command.add(argument);
    return command;
  }
}
