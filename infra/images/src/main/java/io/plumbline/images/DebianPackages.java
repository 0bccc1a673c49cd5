package io.plumbline.images;

import io.plumbline.launcher.installation.LauncherException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The packages of the distribution that Java and the native libraries of the applications need.
 * They are downloaded with this machine's apt, which checks them against the signed lists of the
 * distribution, and are unpacked without being installed, so nothing here needs root.
 *
 * @param folder where the packages are downloaded to
 */
record DebianPackages(Path folder) {

  /** The C library, and what ONNX Runtime and the tokenizers are linked with. */
  private static final List<String> NEEDED = List.of("libc6", "libstdc++6", "zlib1g");

  private static final List<String> PROGRAMS = List.of("apt-get", "apt-cache", "dpkg-deb");

  /** One downloaded package. */
  record DebianPackage(String name, String version, String architecture, Path file) {}

  /** Throws unless this machine has the programs of Debian, with what to do instead. */
  static void requireHere(String searchPath) {
    for (String program : PROGRAMS) {
      if (Stream.of(searchPath.split(":", -1))
          .noneMatch(folder -> Files.isExecutable(Path.of(folder, program)))) {
        throw new LauncherException(
            "Without --base, images stand on packages of Debian, and this machine has no "
                + program
                + ". Run this on Debian or Ubuntu, or name a base image with Java 25:"
                + " --base NAME@sha256:DIGEST.");
      }
    }
  }

  /** Downloads the packages and all that they depend on, in the order of their names. */
  List<DebianPackage> download() throws IOException {
    List<String> command = new ArrayList<>(List.of("apt-get", "download"));
    command.addAll(withDependencies());
    new ExternalProgram(command, folder).run();
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".deb"))
          .sorted()
          .map(DebianPackages::described)
          .toList();
    }
  }

  private Set<String> withDependencies() {
    List<String> command =
        new ArrayList<>(
            List.of(
                "apt-cache",
                "depends",
                "--recurse",
                "--no-recommends",
                "--no-suggests",
                "--no-conflicts",
                "--no-breaks",
                "--no-replaces",
                "--no-enhances"));
    command.addAll(NEEDED);
    Set<String> names = new LinkedHashSet<>();
    for (String line : new ExternalProgram(command, folder).run().split("\n", -1)) {
      if (!line.isEmpty() && !line.startsWith(" ") && !line.startsWith("<")) {
        names.add(line.strip());
      }
    }
    return names;
  }

  private static DebianPackage described(Path file) {
    String[] fields =
        new ExternalProgram(
                List.of(
                    "dpkg-deb",
                    "--show",
                    "--showformat=${Package} ${Version} ${Architecture}",
                    file.toString()),
                Path.of("/"))
            .run()
            .split(" ", -1);
    return new DebianPackage(fields[0], fields[1], fields[2], file);
  }

  /** Adds the libraries of a package and its licence to a layer. */
  static void addTo(ReproducibleTar layer, DebianPackage each) {
    new ExternalProgram(List.of("dpkg-deb", "--fsys-tarfile", each.file().toString()), Path.of("/"))
        .run(output -> {
          addTo(layer, output);
          return 0;
        });
  }

  /**
   * Adds the entries of a package's tar to a layer. Libraries go to {@code usr}, to which {@code
   * lib} is a link, in whichever way the package has them.
   */
  static void addTo(ReproducibleTar layer, InputStream tar) throws IOException {
    TarArchiveInputStream entries = new TarArchiveInputStream(tar);
    for (@Nullable TarArchiveEntry entry = entries.getNextEntry();
        entry != null;
        entry = entries.getNextEntry()) {
      String path = pathInImage(entry.getName());
      if (isNeeded(path)) {
        if (entry.isSymbolicLink()) {
          layer.addLink(path, entry.getLinkName());
        } else if (entry.isFile()) {
          layer.addFile(path, entry.getMode() & 0755, entries.readAllBytes());
        }
      }
    }
    entries.transferTo(OutputStream.nullOutputStream());
  }

  private static String pathInImage(String name) {
    String path = name.startsWith("./") ? name.substring(2) : name;
    return path.startsWith("lib/") || path.startsWith("lib64/") ? "usr/" + path : path;
  }

  /** Returns whether a file is a library or a licence: no pages, no tables of converters. */
  private static boolean isNeeded(String path) {
    return path.startsWith("usr/lib64/")
        || (path.startsWith("usr/lib/") && !path.contains("/gconv/"))
        || (path.startsWith("usr/share/doc/") && !path.contains("/changelog"));
  }

  /** Returns the package URL of a package of this machine's distribution. */
  static String purl(DebianPackage each) throws IOException {
    Properties release = new Properties();
    try (InputStream in = Files.newInputStream(Path.of("/etc/os-release"))) {
      release.load(in);
    }
    String distribution = unquoted(release.getProperty("ID", "debian"));
    return "pkg:deb/%s/%s@%s?arch=%s&distro=%s-%s"
        .formatted(
            distribution,
            percentEncoded(each.name()),
            percentEncoded(each.version()),
            each.architecture(),
            distribution,
            unquoted(release.getProperty("VERSION_ID", "")));
  }

  private static String unquoted(String value) {
    return value.replace("\"", "");
  }

  private static String percentEncoded(String text) {
    return text.replace("+", "%2B").replace(":", "%3A");
  }
}
