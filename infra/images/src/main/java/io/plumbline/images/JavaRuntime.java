package io.plumbline.images;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A Java with the modules that the applications use, linked from the JDK that runs this program.
 *
 * @param folder where it was written to
 */
record JavaRuntime(Path folder) {

  /** The folder of the runtime in the image. */
  static final String HOME = "opt/java";

  /**
   * All of Java SE, since libraries look for parts of it at run time, and of the JDK what the
   * applications and their libraries name: HTTP server, file systems in jars, DNS, signals, logins
   * of Kafka, character sets of documents, recordings for diagnosis, vectors for Lucene.
   */
  private static final List<String> MODULES =
      List.of(
          "java.se",
          "jdk.charsets",
          "jdk.crypto.ec",
          "jdk.httpserver",
          "jdk.incubator.vector",
          "jdk.jfr",
          "jdk.localedata",
          "jdk.management",
          "jdk.management.agent",
          "jdk.naming.dns",
          "jdk.net",
          "jdk.security.auth",
          "jdk.security.jgss",
          "jdk.unsupported",
          "jdk.xml.dom",
          "jdk.zipfs");

  /** Links a runtime from the JDK that runs this program. */
  static JavaRuntime link(Path folder) {
    new ExternalProgram(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "jlink").toString(),
                "--add-modules",
                String.join(",", MODULES),
                "--strip-java-debug-attributes",
                "--no-header-files",
                "--no-man-pages",
                "--output",
                folder.toString()),
            Path.of("/"))
        .run();
    return new JavaRuntime(folder);
  }

  /** Adds all files to a layer, below {@link #HOME}. */
  void addTo(ReproducibleTar layer) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted().toList()) {
        String path = HOME + "/" + folder.relativize(file);
        if (Files.isSymbolicLink(file)) {
          layer.addLink(path, Files.readSymbolicLink(file).toString());
        } else if (Files.isRegularFile(file)) {
          layer.addFile(path, isExecutable(file) ? 0755 : 0644, file);
        }
      }
    }
  }

  private static boolean isExecutable(Path file) throws IOException {
    return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OWNER_EXECUTE);
  }

  /** Returns the runtime as part of the base image. */
  BaseImage.Component component(String layerDigest) throws IOException {
    Properties release = new Properties();
    try (Reader in = Files.newBufferedReader(folder.resolve("release"))) {
      release.load(in);
    }
    String version =
        release
            .getProperty("JAVA_RUNTIME_VERSION", release.getProperty("JAVA_VERSION", ""))
            .replace("\"", "");
    return new BaseImage.Component(
        "platform",
        "openjdk",
        version,
        "pkg:generic/openjdk@" + version.replace("+", "%2B"),
        Digests.hex(layerDigest));
  }
}
