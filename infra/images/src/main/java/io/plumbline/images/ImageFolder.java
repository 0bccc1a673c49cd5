package io.plumbline.images;

import io.plumbline.launcher.installation.LauncherException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * A folder with built images: an archive for each, its bill of materials and provenance beside it,
 * the signatures and attestations in {@code signatures}, and all digests in {@code digests.txt}.
 */
record ImageFolder(Path path) {

  private static final String ARCHIVE = ".tar";

  private Path signatures() {
    return path.resolve("signatures");
  }

  Path archive(ApplicationFiles files) {
    return path.resolve(prefix(files) + ARCHIVE);
  }

  private static String prefix(ApplicationFiles files) {
    return files.name() + "-" + files.version();
  }

  /** Writes a description of an image as JSON; {@code kind} is the end of the file's name. */
  void describe(ApplicationFiles files, String kind, Object content) throws IOException {
    Files.write(
        path.resolve(prefix(files) + kind),
        JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsBytes(content));
  }

  /** Returns where the signature ({@code sig}) or the attestations ({@code att}) are kept. */
  Path attachment(ApplicationFiles files, String kind) throws IOException {
    return Files.createDirectories(signatures()).resolve(prefix(files) + "." + kind + ARCHIVE);
  }

  /** Deletes the signatures of an earlier image of the same version. */
  void deleteAttachments(ApplicationFiles files) throws IOException {
    Files.deleteIfExists(attachment(files, "sig"));
    Files.deleteIfExists(attachment(files, "att"));
  }

  /** Writes the names of all images of the folder with their digests, as manifests pin them. */
  void writeDigests() throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path file : archivesIn(path)) {
      try (OciArchive archive = new OciArchive(file)) {
        lines.add(archive.name() + "@" + archive.manifest().digest());
      }
    }
    Files.write(path.resolve("digests.txt"), lines);
  }

  /** Pushes the images, and then their signatures and attestations. */
  void push(Registry registry, PrintWriter out) throws IOException {
    List<Path> images = archivesIn(path);
    if (images.isEmpty()) {
      throw new LauncherException(
          path + " has no images. `./plumbline images --to " + path + "` builds them.");
    }
    for (Path file : Stream.concat(images.stream(), archivesIn(signatures()).stream()).toList()) {
      try (OciArchive archive = new OciArchive(file)) {
        out.println("pushed " + registry.push(archive));
      }
    }
  }

  private static List<Path> archivesIn(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ARCHIVE)).sorted().toList();
    }
  }
}
