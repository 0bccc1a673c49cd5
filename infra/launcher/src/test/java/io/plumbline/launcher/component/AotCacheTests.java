package io.plumbline.launcher.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.launcher.installation.Application;
import io.plumbline.launcher.installation.LauncherException;
import io.plumbline.launcher.installation.Layout;
import io.plumbline.launcher.process.ChildProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

  @Test
  void what_failed_is_made_again_after_the_next_start() throws IOException {
    Layout layout = new Layout(folder);
    layout.create();
    AotCache cache = new AotCache(Application.GATEWAY, jar("a", "one", 1), layout);
    Files.createDirectories(Objects.requireNonNull(cache.extractedJar().getParent()));
    Files.createFile(cache.extractedJar());

    assertThatThrownBy(() -> cache.train(shell("echo out of memory")))
        .isInstanceOf(LauncherException.class)
        .hasMessageContainingAll("left no cache", "out of memory");
    assertThat(cache.isMissing()).isTrue();

    cache.train(shell("touch " + cache.trainingFlag().replace("-XX:AOTCacheOutput=", "")));
    assertThat(cache.isMissing()).isFalse();
    assertThat(cache.cacheFlags()).contains("-Xlog:aot=off");
  }

  /**
   * Checks a restart while a run of the tests has made another build, as it does while the main
   * installation is up.
   */
  @Test
  void what_runs_is_started_again_from_its_own_build_when_another_was_made() throws IOException {
    Layout layout = new Layout(folder);
    AotCache first = new AotCache(Application.GATEWAY, jar("a", "one", 1), layout);
    String started = first.buildName();
    Files.createDirectories(layout.applicationBuilds("gateway").resolve(started));
    first.activate();

    Path jar = jar("a", "two", 1);
    AotCache running = AotCache.ofRunning(Application.GATEWAY, jar, layout);
    AotCache built = new AotCache(Application.GATEWAY, jar, layout);

    assertThat(running.buildName()).isEqualTo(started).isNotEqualTo(built.buildName());
    Files.delete(layout.applicationBuilds("gateway").resolve(started));
    assertThat(running.buildName()).isEqualTo(built.buildName());
  }

  /**
   * Checks that a build in use stays, because the other installation of the checkout may run from
   * an earlier build.
   */
  @Test
  void an_earlier_build_is_dropped_unless_a_process_runs_from_it() throws IOException {
    Layout layout = new Layout(folder);
    AotCache cache = new AotCache(Application.GATEWAY, jar("a", "one", 1), layout);
    Path builds = layout.applicationBuilds("gateway");
    Path current = Files.createDirectories(builds.resolve(cache.buildName()));
    Path unused = Files.createDirectories(builds.resolve("unused"));
    Path used = Files.createDirectories(builds.resolve("used"));
    Process running =
        new ProcessBuilder("sh", "-c", "sleep 60; :", used.resolve("gateway.jar").toString())
            .start();

    cache.activate();

    assertThat(List.of(current, used)).allMatch(Files::isDirectory);
    assertThat(unused).doesNotExist();
    running.destroy();
    running.onExit().join();
    cache.activate();
    assertThat(used).doesNotExist();
  }

  private ChildProcess shell(String script) {
    return new ChildProcess(
        "training", List.of("sh", "-c", script), Map.of(), folder, folder.resolve("training.log"));
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
