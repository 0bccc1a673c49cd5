package io.plumbline.launcher.installation;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks what Maven has downloaded: into a folder beside the target that is renamed when complete,
 * so that no partial content is used.
 */
public final class Archives {

  private Archives() {}

  /** Unpacks a zip, whose single top folder becomes {@code target}. */
  public static void unzip(Path zip, Path target) {
    unpack(
        zip,
        target,
        (in, fresh) -> {
          try (ZipInputStream entries = new ZipInputStream(in)) {
            for (@Nullable ZipEntry entry = entries.getNextEntry();
                entry != null;
                entry = entries.getNextEntry()) {
              String name = entry.getName().substring(entry.getName().indexOf('/') + 1);
              if (!entry.isDirectory()) {
                write(entries, resolveInside(fresh, name));
              }
            }
          }
        });
  }

  /** Unpacks a jar that contains one tar.xz, whose content becomes {@code target}. */
  public static void unpackTarInJar(Path jar, Path target) {
    unpack(
        jar,
        target,
        (in, fresh) -> {
          try (ZipInputStream entries = new ZipInputStream(in)) {
            for (@Nullable ZipEntry entry = entries.getNextEntry();
                entry != null;
                entry = entries.getNextEntry()) {
              if (entry.getName().endsWith(".txz")) {
                untar(new TarArchiveInputStream(new XZCompressorInputStream(entries)), fresh);
                return;
              }
            }
          }
          throw new IOException("the archive contains no .txz file");
        });
  }

  private static void untar(TarArchiveInputStream entries, Path fresh) throws IOException {
    for (@Nullable TarArchiveEntry entry = entries.getNextEntry();
        entry != null;
        entry = entries.getNextEntry()) {
      Path file = resolveInside(fresh, entry.getName());
      if (entry.isSymbolicLink()) {
        Files.createDirectories(directoryOf(file));
        Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
      } else if (entry.isFile()) {
        write(entries, file);
        Files.setPosixFilePermissions(
            file,
            PosixFilePermissions.fromString(
                (entry.getMode() & 0100) == 0 ? "rw-r--r--" : "rwxr-xr-x"));
      }
    }
  }

  private static void unpack(Path archive, Path target, Content content) {
    if (Files.isDirectory(target)) {
      return;
    }
    Path fresh = target.resolveSibling(target.getFileName() + ".new");
    try (InputStream in = new BufferedInputStream(Files.newInputStream(archive))) {
      delete(fresh);
      Files.createDirectories(fresh);
      content.into(in, fresh);
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new LauncherException(
          "Cannot unpack "
              + archive
              + ": "
              + e.getMessage()
              + ". Is the disk full? If the file is damaged, delete it and `infra/launcher/target`,"
              + " and run `./plumbline up` again.",
          e);
    }
  }

  public static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static Path resolveInside(Path directory, String name) throws IOException {
    Path file = directory.resolve(name).normalize();
    if (!file.startsWith(directory)) {
      throw new IOException("the entry " + name + " would be written outside of the target folder");
    }
    return file;
  }

  private static Path directoryOf(Path file) {
    Path parent = file.getParent();
    return parent == null ? file : parent;
  }

  private static void write(InputStream in, Path file) throws IOException {
    Files.createDirectories(directoryOf(file));
    Files.copy(in, file);
  }

  private interface Content {
    void into(InputStream in, Path fresh) throws IOException;
  }
}
