package io.plumbline.demo.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A package of the npm registry, fetched and unpacked on first use. */
public final class NpmPackage {

  private NpmPackage() {}

  /**
   * Fetches the package by npm, unless that was done.
   *
   * @param name with its version, as npm takes it
   * @param folder where packages are kept
   * @return the folder with the files of the package
   */
  public static Path unpack(String name, Path folder) {
    String own = name.replaceAll("[^A-Za-z0-9.]+", "-").replaceFirst("^-", "");
    Path home = folder.toAbsolutePath().resolve(own);
    if (!Files.isDirectory(home)) {
      try {
        fetch(name, home);
      } catch (IOException e) {
        throw new StepFailed("%s cannot be kept in %s: %s".formatted(name, home, e.getMessage()));
      }
    }
    return home.resolve("package");
  }

  /**
   * Unpacks the package into another folder first, so that a folder of its own name has all files.
   */
  private static void fetch(String name, Path home) throws IOException {
    Files.createDirectories(home.getParent());
    Path incoming = Files.createTempDirectory(home.getParent(), "incoming");
    runCommand(
        incoming, "npm", "pack", name, "--silent", "--pack-destination", incoming.toString());
    try (Stream<Path> archives = Files.list(incoming)) {
      Path archive =
          archives
              .filter(file -> file.toString().endsWith(".tgz"))
              .findFirst()
              .orElseThrow(() ->
                  new StepFailed(
                      "npm pack "
                          + name
                          + " ended without an error, but left no .tgz file: try it in a"
                          + " terminal"));
      runCommand(incoming, "tar", "xzf", archive.toString(), "-C", incoming.toString());
      Files.delete(archive);
    }
    try {
      Files.move(incoming, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      // Another program that needs the same package may have been quicker.
      if (!Files.isDirectory(home)) {
        throw e;
      }
    }
  }

  private static void runCommand(Path directory, String... command) throws IOException {
    // The output goes to a file, because reading it from the process would block without limit.
    Path log = Files.createTempFile("npm-package", ".log");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new StepFailed(
            "%s failed, or took more than 5 minutes; is the npm registry reachable? %s"
                .formatted(String.join(" ", command), Files.readString(log)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StepFailed("The demo was interrupted.");
    } finally {
      process.destroyForcibly();
      Files.deleteIfExists(log);
    }
  }
}
