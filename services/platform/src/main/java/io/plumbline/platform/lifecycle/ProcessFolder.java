package io.plumbline.platform.lifecycle;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder that one process owns, in a directory that several processes may share. A lock on a file
 * in the folder shows that its process runs. The kernel releases the lock when that process ends,
 * however it ends.
 */
public final class ProcessFolder implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ProcessFolder.class);
  private static final String LOCK = "lock";

  /**
   * The folders that this process holds. The lock belongs to the process, so opening and closing
   * the file once more would release it.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel lock;

  private ProcessFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Creates a folder in the directory, which is created too when it is missing.
   *
   * @param prefix the beginning of the folder's name
   */
  public static ProcessFolder create(Path directory, String prefix) throws IOException {
    Files.createDirectories(directory);
    while (true) {
      Path path = Files.createTempDirectory(directory, prefix).toAbsolutePath();
      Optional<ProcessFolder> created = tryLock(path, StandardOpenOption.CREATE);
      // A process that looks for abandoned folders may have locked the new folder first.
      if (created.isPresent()) {
        return created.get();
      }
    }
  }

  /**
   * Returns the folders in the directory whose process has ended. They are locked, so the caller
   * must close them. A folder without a lock file is left alone, because its process is about to
   * lock it.
   *
   * @param prefix the beginning of the folders' names
   */
  public static List<ProcessFolder> lockAbandoned(Path directory, String prefix)
      throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    List<Path> folders = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, prefix + "*")) {
      found.forEach(folders::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    List<ProcessFolder> abandoned = new ArrayList<>();
    for (Path folder : folders) {
      // A symbolic link is not a process's folder, and nothing in its target may be removed.
      if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
          && Files.exists(folder.resolve(LOCK))) {
        tryLockLeftover(folder.toAbsolutePath()).ifPresent(abandoned::add);
      }
    }
    return abandoned;
  }

  private static Optional<ProcessFolder> tryLockLeftover(Path folder) {
    try {
      return tryLock(folder, StandardOpenOption.WRITE);
    } catch (IOException e) {
      log.warn(
          "The folder {} of another process could not be locked, so it is left as it is: {}",
          folder,
          e.toString());
      return Optional.empty();
    }
  }

  private static Optional<ProcessFolder> tryLock(Path path, StandardOpenOption create)
      throws IOException {
    if (!HELD.add(path)) {
      return Optional.empty();
    }
    boolean held = false;
    FileChannel lock = null;
    try {
      lock = FileChannel.open(path.resolve(LOCK), StandardOpenOption.WRITE, create);
      // If the file is gone, the lock is that of a folder that was removed meanwhile.
      held = lock.tryLock() != null && Files.exists(path.resolve(LOCK));
      return held ? Optional.of(new ProcessFolder(path, lock)) : Optional.empty();
    } catch (NoSuchFileException removed) {
      return Optional.empty();
    } finally {
      if (!held) {
        if (lock != null) {
          lock.close();
        }
        HELD.remove(path);
      }
    }
  }

  public Path path() {
    return path;
  }

  /** Removes the folder when nothing but the lock is left in it. */
  public void removeIfEmpty() throws IOException {
    if (content().isEmpty()) {
      remove();
    }
  }

  /**
   * Removes the folder with its content. Its lock is deleted last, so that the rest of an
   * interrupted removal is still found as abandoned.
   */
  public void remove() throws IOException {
    for (Path file : content()) {
      Files.deleteIfExists(file);
    }
    Files.deleteIfExists(path.resolve(LOCK));
    Files.deleteIfExists(path);
  }

  /** Returns all files and folders in this one except for the lock, the deepest first. */
  private List<Path> content() throws IOException {
    // The walk does not follow symbolic links, because their targets must not be removed.
    try (Stream<Path> files = Files.walk(path)) {
      return files
          .filter(file -> !file.equals(path) && !file.equals(path.resolve(LOCK)))
          .sorted(Comparator.reverseOrder())
          .toList();
    }
  }

  /** Releases the folder. What is left in it is abandoned from now on. */
  @Override
  public void close() throws IOException {
    lock.close();
    HELD.remove(path);
  }
}
