package io.plumbline.inference;

import io.plumbline.contracts.Digest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Runs the programs of {@code src/test/python} with the packages of {@code requirements.txt}. The
 * packages are installed once, into a virtual environment that is kept between runs, and never into
 * the Python of the machine. Where Python or the packages are missing the tests are skipped and the
 * report says why; in CI, which installs Python, they fail.
 */
final class PythonPrograms {

  /** The exit code of a process, and what it wrote to standard output and standard error. */
  record Outcome(int exit, String output) {}

  private static final Path SOURCES = Path.of("src/test/python");
  private static final Path REQUIREMENTS = SOURCES.resolve("requirements.txt");
  private static final Path KEPT = Path.of("../../.plumbline/python-clients");
  private static final String COMPLETE = "complete";
  private static final String VERSION =
      "import ensurepip, sys, venv; assert sys.version_info >= (3, 11); print(sys.version)";

  private static final Duration LONGEST_INSTALLATION = Duration.ofMinutes(10);
  private static final Duration LONGEST_RUN = Duration.ofMinutes(2);
  private static final int MAX_OUTPUT = 1 << 20;

  private final Path python;

  private PythonPrograms(Path python) {
    this.python = python;
  }

  /** Installs the packages unless they are installed already. */
  static PythonPrograms prepare() throws IOException {
    try {
      return new PythonPrograms(installed().resolve("bin/python").toAbsolutePath());
    } catch (PythonUnavailable unprepared) {
      if (System.getenv("CI") == null) {
        Assumptions.abort(unprepared.getMessage() + ", so the clients in Python are not tested");
      }
      throw unprepared;
    }
  }

  /**
   * Runs a program with the given environment variables alone, and none of this process.
   *
   * @param home an empty folder
   */
  Outcome run(String program, Path home, Map<String, String> environment) {
    ProcessBuilder command =
        new ProcessBuilder(
            python.toString(), SOURCES.resolve(program + ".py").toAbsolutePath().toString());
    command.directory(home.toFile()).environment().clear();
    command.environment().putAll(environment);
    command.environment().put("HOME", home.toString());
    command.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    // litellm otherwise fetches its list of prices while it is imported.
    command.environment().put("LITELLM_LOCAL_MODEL_COST_MAP", "True");
    try {
      return execute(command, LONGEST_RUN);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path installed() throws IOException {
    Files.createDirectories(KEPT);
    try (FileChannel lock =
        FileChannel.open(
            KEPT.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      lock.lock();
      Path environment =
          KEPT.resolve(
              Digest.ofText(version() + Files.readString(REQUIREMENTS)).hex().substring(0, 16));
      if (!Files.exists(environment.resolve(COMPLETE))) {
        install(environment);
      }
      return environment;
    }
  }

  /** Returns the version of python3, since a virtual environment works only with its own. */
  private static String version() {
    Outcome asked;
    try {
      asked = execute(new ProcessBuilder("python3", "-c", VERSION), LONGEST_RUN);
    } catch (IOException e) {
      throw new PythonUnavailable(
          "python3 is not installed (Debian: apt-get install python3-venv)", e);
    }
    if (asked.exit() != 0) {
      throw new PythonUnavailable(
          "python3 is older than 3.11 or has no venv (Debian: apt-get install python3-venv)");
    }
    return asked.output();
  }

  private static void install(Path environment) throws IOException {
    // Environments of other versions are deleted: each takes half a gigabyte.
    for (Path earlier : children(KEPT)) {
      if (Files.isDirectory(earlier)) {
        delete(earlier);
      }
    }
    require(new ProcessBuilder("python3", "-m", "venv", environment.toString()));
    require(
        new ProcessBuilder(
            environment.resolve("bin/python").toString(),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-input",
            "--disable-pip-version-check",
            "--retries=3",
            "--no-deps",
            "--only-binary=:all:",
            "--require-hashes",
            "--requirement",
            REQUIREMENTS.toString()));
    Files.createFile(environment.resolve(COMPLETE));
  }

  private static void require(ProcessBuilder command) throws IOException {
    Outcome outcome = execute(command, LONGEST_INSTALLATION);
    if (outcome.exit() != 0) {
      throw new PythonUnavailable(
          "the packages of " + REQUIREMENTS + " cannot be installed (" + end(outcome) + ")");
    }
  }

  private static String end(Outcome outcome) {
    List<String> lines = outcome.output().lines().toList();
    return String.join(" ", lines.subList(Math.max(0, lines.size() - 2), lines.size()));
  }

  /** Runs a command, and kills it when it takes too long or prints too much. */
  private static Outcome execute(ProcessBuilder command, Duration longest) throws IOException {
    // These variables could put packages outside of the environment, or bring in others.
    List.of("PIP_TARGET", "PIP_PREFIX", "PIP_USER", "PYTHONPATH", "PYTHONHOME")
        .forEach(command.environment()::remove);
    Process process = command.redirectErrorStream(true).start();
    process.getOutputStream().close();
    Thread.ofVirtual().start(() -> endAfter(process, longest));
    try {
      byte[] output = process.getInputStream().readNBytes(MAX_OUTPUT);
      if (output.length == MAX_OUTPUT) {
        process.destroyForcibly();
      }
      return new Outcome(process.waitFor(), new String(output, StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      kill(process);
    }
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static void endAfter(Process process, Duration longest) {
    try {
      if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
        kill(process);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      return found.toList();
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> inside;
    try (Stream<Path> found = Files.walk(folder)) {
      inside = new ArrayList<>(found.sorted(Comparator.reverseOrder()).toList());
    }
    for (Path each : inside) {
      Files.delete(each);
    }
  }

  private static final class PythonUnavailable extends RuntimeException {

    PythonUnavailable(String message) {
      super(message);
    }

    PythonUnavailable(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
