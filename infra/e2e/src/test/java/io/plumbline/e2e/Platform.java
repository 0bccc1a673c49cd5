package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plumbline.demo.api.Access;
import io.plumbline.demo.api.ApiUser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Starts the platform of this checkout before the first test and ends it after the last; skips,
 * visibly, unless they are switched on.
 */
public final class Platform implements BeforeAllCallback, AutoCloseable {

  static final Path ROOT = Path.of(System.getProperty("plumbline.root", "."));

  /** What a command of {@code ./plumbline} printed, and its exit code. */
  record Outcome(int exit, String output) {}

  @Override
  public void beforeAll(ExtensionContext context) {
    assumeTrue(
        Boolean.getBoolean("e2e"), "end-to-end tests run by ./plumbline test, or with -De2e=true");
    context
        .getRoot()
        .getStore(ExtensionContext.Namespace.GLOBAL)
        .computeIfAbsent(
            Platform.class,
            type -> {
              up();
              return this;
            });
  }

  @Override
  public void close() {
    command("down");
  }

  static void up() {
    Outcome up = command("up");
    assertThat(up.exit()).as(up.output()).isZero();
  }

  static ApiUser user(String name) {
    return new ApiUser(access(), name);
  }

  static Access access() {
    return Access.read(ROOT.resolve(".plumbline/access.json"));
  }

  /** Sends a signal to one of the processes that the launcher started. */
  static void signal(String process, String signal) {
    run(List.of("kill", "-" + signal, Long.toString(pid(process))));
  }

  static long pid(String process) {
    try {
      return Long.parseLong(
          Files.readString(ROOT.resolve(".plumbline/run/" + process + ".pid"))
              .strip()
              .split("\\s+", -1)[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Outcome command(String... arguments) {
    List<String> command = new ArrayList<>(List.of("./plumbline"));
    command.addAll(List.of(arguments));
    return run(command);
  }

  private static Outcome run(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command).directory(ROOT.toFile()).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Outcome(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
