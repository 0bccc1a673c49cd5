package io.plumbline.launcher.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.launcher.installation.Layout;
import io.plumbline.launcher.installation.Secrets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks what the script prints on a machine that lacks something. */
class PreflightTests {

  private static final Path SCRIPT = Path.of("preflight.sh").toAbsolutePath();

  @TempDir Path folder;

  /** The output of a check, and its exit code. */
  private record Outcome(int exit, String output) {}

  @Test
  void says_nothing_where_nothing_is_missing() throws Exception {
    assertThat(check("check_platform; check_memory 1; check_disk / 1", Map.of()))
        .isEqualTo(new Outcome(0, ""));
  }

  @Test
  void names_all_that_is_missing_at_once() throws Exception {
    Path memory = Files.writeString(folder.resolve("meminfo"), "MemAvailable:  2097152 kB\n");
    tool("node", "echo v18.19.0");

    Outcome outcome =
        check(
            "check_node; check_memory 5000; check_disk / 999999999",
            Map.of("MEMINFO", memory.toString()));

    assertThat(outcome.exit).isEqualTo(1);
    assertThat(outcome.output)
        .startsWith("plumbline: this machine lacks something:\n")
        .contains(
            "  Node.js: found v18.19.0; needed: 20 or newer, with npm, to build the portal. Install"
                + " it from https://nodejs.org.\n")
        .contains(
            "  Memory: found 2048 MB available; needed: 5000 MB. End other programs, or give the"
                + " machine or container more.\n")
        .contains("; needed: 999999999 MB for a first build. Free some, or clone to another disk.");
  }

  @Test
  void names_the_jdk_that_is_too_old() throws Exception {
    Path old = Files.createDirectories(folder.resolve("old-jdk/bin"));
    script(old.resolve("javac"), "true");
    script(old.resolve("java"), "echo '    java.specification.version = 21' >&2");

    Outcome outcome =
        check(
            "needed_jdk=99; find_jdk",
            Map.of("JAVA_HOME", String.valueOf(old.getParent()), "HOME", folder.toString()));

    assertThat(outcome.exit).isEqualTo(1);
    assertThat(outcome.output)
        .contains("JDK: found 21 in " + old.getParent())
        .contains("; needed: 99 or newer. Install one (Debian: ");
  }

  @Test
  void a_jdk_that_does_not_start_is_passed_over_and_named() throws Exception {
    Path broken = Files.createDirectories(folder.resolve("broken-jdk/bin"));
    script(broken.resolve("javac"), "true");
    script(broken.resolve("java"), "exit 126");

    Outcome outcome =
        check(
            "set -o pipefail; needed_jdk=99; find_jdk",
            Map.of("JAVA_HOME", String.valueOf(broken.getParent()), "HOME", folder.toString()));

    assertThat(outcome.exit).isEqualTo(1);
    assertThat(outcome.output).contains(" in " + broken.getParent());
  }

  @Test
  void names_the_ports_that_are_taken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Outcome outcome =
          check("usual_ports=(%d); check_ports 0".formatted(taken.getLocalPort()), Map.of());

      assertThat(outcome.exit).isEqualTo(1);
      assertThat(outcome.output).contains("Ports: found " + taken.getLocalPort() + " taken; ");
    }
  }

  @Test
  void knows_the_ports_that_the_launcher_uses() throws Exception {
    Layout layout = new Layout(folder);
    layout.create();

    assertThat(check("echo \"${usual_ports[*]}\"", Map.of()).output.strip())
        .isEqualTo(
            Platform.ports(layout, Secrets.at(layout.secrets())).stream()
                .map(String::valueOf)
                .collect(Collectors.joining(" ")));
  }

  private void tool(String name, String line) throws IOException {
    script(folder.resolve(name), line);
  }

  private static void script(Path file, String line) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + line + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Outcome check(String checks, Map<String, String> environment) throws Exception {
    ProcessBuilder bash =
        new ProcessBuilder(
                List.of("bash", "-euc", "source '%s'; %s; require_all".formatted(SCRIPT, checks)))
            .redirectErrorStream(true);
    bash.environment().put("PATH", folder + ":" + System.getenv("PATH"));
    bash.environment().putAll(environment);
    Process process = bash.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), output);
  }
}
