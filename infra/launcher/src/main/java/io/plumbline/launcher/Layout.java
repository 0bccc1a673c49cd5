package io.plumbline.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where things are: the source tree at {@code root} and everything that is kept while running under
 * {@code root/.plumbline}.
 */
record Layout(Path root) {

  Layout {
    root = root.toAbsolutePath().normalize();
  }

  Path home() {
    return root.resolve(".plumbline");
  }

  Path secrets() {
    return home().resolve("secrets.json");
  }

  Path access() {
    return home().resolve("access.json");
  }

  Path lock() {
    return home().resolve("lock");
  }

  Path processes() {
    return home().resolve("run");
  }

  Path log(String name) {
    return home().resolve("logs").resolve(name + ".log");
  }

  Path logs() {
    return home().resolve("logs");
  }

  Path data(String name) {
    return home().resolve("data").resolve(name);
  }

  Path blobs() {
    return data("blobs");
  }

  Path unpacked(String name) {
    return home().resolve("servers").resolve(name);
  }

  Path application(String name) {
    return home().resolve("applications").resolve(name);
  }

  Path realm() {
    return root.resolve("infra/keycloak/plumbline-realm.json");
  }

  Path launcherTarget() {
    return root.resolve("infra/launcher/target");
  }

  Path serverJars() {
    return launcherTarget().resolve("lib");
  }

  /** The downloaded file of a server, by the beginning of its name. */
  Path distribution(String prefix) {
    Path directory = launcherTarget().resolve("dist");
    return only(directory, prefix, "")
        .orElseThrow(() ->
            new Trouble(
                directory
                    + " has no "
                    + prefix
                    + "*: the build did not download it. Run `mvn -pl infra/launcher package` and"
                    + " read why."));
  }

  /** The executable jar of an application, if it has been built. */
  Optional<Path> jar(Application application) {
    return only(root.resolve(application.module()).resolve("target"), application.name(), ".jar");
  }

  void create() {
    try {
      if (!Files.isDirectory(home())) {
        Files.createDirectory(
            home(),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      for (Path directory : new Path[] {logs(), processes(), blobs()}) {
        Files.createDirectories(directory);
      }
    } catch (IOException e) {
      throw new Trouble(
          "Cannot create "
              + home()
              + ": "
              + e.getMessage()
              + ". Plumbline keeps its state there; make the folder writable.",
          e);
    }
  }

  private static Optional<Path> only(Path directory, String prefix, String suffix) {
    if (!Files.isDirectory(directory)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> matches(file.getFileName().toString(), prefix, suffix))
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean matches(String name, String prefix, String suffix) {
    return name.startsWith(prefix)
        && name.endsWith(suffix)
        && !name.endsWith("-sources.jar")
        && !name.endsWith("-javadoc.jar")
        && !name.endsWith("-tests.jar");
  }
}
