package io.plumbline.e2e.generated;

import io.plumbline.e2e.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * The program that generates requests from an API description, in a virtual environment of its own.
 * Where Python or the program is missing the tests are skipped and the report says why; in CI,
 * which installs Python, they fail.
 */
final class Schemathesis {

  private static final Path REQUIREMENTS =
      Platform.ROOT.resolve("infra/e2e/src/test/python/requirements.txt");
  private static final Path KEPT = Platform.ROOT.resolve(".plumbline/schemathesis");
  private static final String VERSION =
      "import ensurepip, sys, venv; assert sys.version_info >= (3, 11)";
  private static final Duration LONGEST_INSTALLATION = Duration.ofMinutes(10);

  private final Path program;

  private Schemathesis(Path program) {
    this.program = program;
  }

  /** Installs the program unless it is installed already. */
  static Schemathesis install() throws IOException, InterruptedException {
    String requirements = Files.readString(REQUIREMENTS);
    Path complete = KEPT.resolve("complete");
    if (!Files.exists(complete) || !Files.readString(complete).equals(requirements)) {
      Path log = Files.createDirectories(KEPT).resolve("install.log");
      require(List.of("python3", "-c", VERSION), log, "there is no Python 3.11 with venv");
      require(List.of("python3", "-m", "venv", "--clear", venv().toString()), log, "no venv");
      require(
          List.of(
              venv().resolve("bin/python").toString(),
              "-m",
              "pip",
              "install",
              "--quiet",
              "--no-input",
              "--disable-pip-version-check",
              "--no-deps",
              "--only-binary=:all:",
              "--require-hashes",
              "--requirement",
              REQUIREMENTS.toString()),
          log,
          "its packages cannot be installed");
      Files.writeString(complete, requirements);
    }
    return new Schemathesis(venv().resolve("bin/schemathesis"));
  }

  private static Path venv() {
    return KEPT.toAbsolutePath().resolve("venv");
  }

  private static void require(List<String> command, Path log, String otherwise)
      throws IOException, InterruptedException {
    try {
      if (execute(command, log, LONGEST_INSTALLATION) == 0) {
        return;
      }
    } catch (IOException e) {
      Files.writeString(log, e.toString());
    }
    String reason =
        "requests are not generated, since %s: %s".formatted(otherwise, Files.readString(log));
    if (System.getenv("CI") == null) {
      Assumptions.abort(reason);
    }
    throw new AssertionError(reason);
  }

  /**
   * Generates and sends requests.
   *
   * @param log the file of its output
   * @return its exit code
   */
  int send(List<String> arguments, Path log, Duration longest)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(arguments);
    return execute(command, log, longest);
  }

  private static int execute(List<String> command, Path log, Duration longest)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.directory(KEPT.toFile());
    builder.environment().keySet().removeAll(List.of("PYTHONPATH", "PYTHONHOME", "PIP_TARGET"));
    Process process = builder.start();
    process.getOutputStream().close();
    try {
      if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("%s takes more than %s".formatted(command.getFirst(), longest));
      }
      return process.exitValue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
