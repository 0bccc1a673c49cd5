package io.plumbline.platform.blob;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folders of a workspace, its spaces. This service writes into one of them. Where each service
 * has a directory that no other can write to, the workspace has a space in each of these.
 */
final class BlobSpaces {

  private final Path directory;
  private final @Nullable Path shared;
  private final String service;

  /**
   * @param service the name of the service that writes
   */
  BlobSpaces(BlobSettings settings, String service) {
    this.service = service;
    this.directory = settings.directory().toAbsolutePath();
    Path given = settings.shared();
    this.shared = given == null ? null : given.toAbsolutePath();
  }

  /** Returns the directory that this service writes to. */
  Path directory() {
    return directory;
  }

  /** Returns the space that this service writes to. */
  Path own(UUID workspace) {
    return directory.resolve(workspace.toString());
  }

  /** Returns all spaces of a workspace that content may be in; that of this service first. */
  List<Path> of(UUID workspace) {
    List<Path> spaces = new ArrayList<>();
    spaces.add(own(workspace));
    if (shared != null) {
      // Content that was written before the services had directories of their own.
      spaces.add(shared.resolve(workspace.toString()));
      subfolders(shared).stream()
          .filter(writer -> !writer.endsWith(service))
          .forEach(writer -> spaces.add(writer.resolve(workspace.toString())));
    }
    return spaces;
  }

  /** Returns the folders in a folder; none when it does not exist. */
  static List<Path> subfolders(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(Files::isDirectory).toList();
    } catch (NoSuchFileException | NotDirectoryException nothingYet) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the bytes of all files in some folders. */
  static long measure(List<Path> folders) {
    return folders.stream().mapToLong(BlobSpaces::measureFolder).sum();
  }

  private static long measureFolder(Path space) {
    AtomicLong bytes = new AtomicLong();
    try {
      if (Files.isDirectory(space)) {
        Files.walkFileTree(
            space,
            new SimpleFileVisitor<>() {
              @Override
              public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                bytes.addAndGet(attributes.size());
                return FileVisitResult.CONTINUE;
              }

              @Override
              public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
              }
            });
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.get();
  }
}
