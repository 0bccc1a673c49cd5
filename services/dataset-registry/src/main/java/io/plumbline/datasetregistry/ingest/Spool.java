package io.plumbline.datasetregistry.ingest;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The files of uploads and rows that are not complete yet. They are in a folder of this process,
 * which keeps it locked while it runs. A process that starts removes the folders of killed
 * processes, but not those of other running replicas on the same disk.
 */
@Component
public class Spool implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Spool.class);
  private static final String PREFIX = "plumbline-dataset-";
  private static final String LOCK = "lock";

  /** The folder of this process with its lock. */
  private record Own(Path folder, FileChannel lock) {}

  private final Own own;

  Spool(@Value("${plumbline.uploads.spool-directory:${java.io.tmpdir}}") Path directory)
      throws IOException {
    Files.createDirectories(directory);
    try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, PREFIX + "*")) {
      for (Path folder : left) {
        try {
          // A symbolic link is no folder of ours, and its target must not be removed.
          if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            removeLeftover(folder);
          }
        } catch (IOException e) {
          log.warn(
              "The spool folder {} of an earlier process could not be removed; the next start tries"
                  + " again: {}",
              folder,
              e.toString());
        }
      }
    }
    own = createOwnFolder(directory);
  }

  public Path directory() {
    return own.folder();
  }

  public Path createFile() throws IOException {
    return Files.createTempFile(own.folder(), "", ".tmp");
  }

  @Override
  public void close() throws IOException {
    deleteFolder(own.folder());
    own.lock().close();
  }

  private static Own createOwnFolder(Path directory) throws IOException {
    while (true) {
      Path folder = Files.createTempDirectory(directory, PREFIX);
      Path file = folder.resolve(LOCK);
      try {
        FileChannel lock =
            FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        // Another process that starts may have removed the folder before it was locked.
        if (lockIfFree(lock) && Files.exists(file)) {
          return new Own(folder, lock);
        }
        lock.close();
      } catch (NoSuchFileException removed) {
        log.debug(
            "Another process removed the new spool folder {}; another one is created", folder);
      }
    }
  }

  private static void removeLeftover(Path folder) throws IOException {
    try (FileChannel lock = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE)) {
      if (lockIfFree(lock)) {
        deleteFolder(folder);
      }
    } catch (NoSuchFileException notLockedYet) {
      removeEmpty(folder);
    }
  }

  /** Removes a folder whose process was killed before it locked it. Such a folder is empty. */
  private static void removeEmpty(Path folder) throws IOException {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException lockedNow) {
      log.debug("Spool folder {} is kept: it belongs to a process that is starting", folder);
    }
  }

  private static boolean lockIfFree(FileChannel file) throws IOException {
    try {
      FileLock lock = file.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException ours) {
      return false;
    }
  }

  /**
   * Deletes a folder with its content. Its lock is deleted last, so that the next start finds the
   * rest of an interrupted removal.
   */
  private static void deleteFolder(Path folder) throws IOException {
    Path lock = folder.resolve(LOCK);
    List<Path> deepestFirst;
    // The walk does not follow symbolic links, because their targets must not be removed.
    try (Stream<Path> files = Files.walk(folder)) {
      deepestFirst =
          files
              .filter(file -> !file.equals(folder) && !file.equals(lock))
              .sorted(Comparator.reverseOrder())
              .toList();
    }
    for (Path file : deepestFirst) {
      Files.deleteIfExists(file);
    }
    Files.deleteIfExists(lock);
    Files.deleteIfExists(folder);
  }
}
