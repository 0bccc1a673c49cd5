package io.plumbline.images;

import io.plumbline.launcher.installation.LauncherException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * An application as Spring Boot extracts its jar: a jar with its own classes, whose manifest names
 * the libraries in {@code lib}.
 *
 * @param name such as {@code gateway}
 * @param version such as {@code 0.1.0}
 * @param jar with the application's own classes
 * @param libraries in the order of their names
 */
record ApplicationFiles(String name, String version, Path jar, List<Path> libraries) {

  /** Extracts an executable jar that is named NAME-VERSION.jar. */
  static ApplicationFiles extract(String name, Path executable, Path folder) throws IOException {
    new ExternalProgram(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djarmode=tools",
                "-jar",
                executable.toString(),
                "extract",
                "--destination",
                folder.toString()),
            Path.of("/"))
        .run();
    return in(folder, name, version(name, executable));
  }

  private static String version(String name, Path executable) {
    String file = String.valueOf(executable.getFileName());
    if (!file.startsWith(name + "-") || !file.endsWith(".jar")) {
      throw new LauncherException(executable + " is not named " + name + "-VERSION.jar.");
    }
    return file.substring(name.length() + 1, file.length() - ".jar".length());
  }

  /** Returns what was extracted into a folder. */
  static ApplicationFiles in(Path folder, String name, String version) throws IOException {
    Path jar = folder.resolve(name + "-" + version + ".jar");
    try (Stream<Path> files = Files.list(folder.resolve("lib"))) {
      return new ApplicationFiles(name, version, jar, files.sorted().toList());
    }
  }
}
