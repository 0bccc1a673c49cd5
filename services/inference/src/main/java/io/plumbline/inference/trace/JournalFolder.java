package io.plumbline.inference.trace;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The folder of one process's journal. A lock on a file in it shows that a process writes or ships
 * the journal. The kernel releases the lock when that process ends, however it ends.
 */
final class JournalFolder implements AutoCloseable {

  private static final String LOCK = "lock";
  private static final String SUFFIX = ".journal";

  /**
   * The folders that this process holds. The lock belongs to the process, so opening and closing
   * the file once more would release it.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel channel;

  private JournalFolder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** Creates a folder below the directory. */
  static JournalFolder create(Path directory) throws IOException {
    while (true) {
      Path path = directory.resolve(UUID.randomUUID().toString()).toAbsolutePath();
      Files.createDirectories(path);
      Optional<JournalFolder> created = tryLock(path, StandardOpenOption.CREATE);
      // A process that looks for abandoned folders may have locked the new folder first.
      if (created.isPresent()) {
        return created.get();
      }
    }
  }

  /**
   * Returns the folders below the directory whose process has ended. They are locked, so the caller
   * must close them.
   */
  static List<JournalFolder> abandoned(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    List<Path> all;
    try (Stream<Path> below = Files.list(directory)) {
      all = below.filter(path -> Files.exists(path.resolve(LOCK))).sorted().toList();
    }
    List<JournalFolder> abandoned = new ArrayList<>();
    for (Path path : all) {
      tryLock(path.toAbsolutePath(), StandardOpenOption.WRITE).ifPresent(abandoned::add);
    }
    return abandoned;
  }

  private static Optional<JournalFolder> tryLock(Path path, StandardOpenOption create)
      throws IOException {
    if (!HELD.add(path)) {
      return Optional.empty();
    }
    boolean held = false;
    FileChannel channel = null;
    try {
      channel = FileChannel.open(path.resolve(LOCK), StandardOpenOption.WRITE, create);
      FileLock lock = channel.tryLock();
      // If the file is gone, the lock is that of a folder that was removed meanwhile.
      held = lock != null && Files.exists(path.resolve(LOCK));
      if (!held) {
        return Optional.empty();
      }
      return Optional.of(new JournalFolder(path, channel));
    } catch (NoSuchFileException removed) {
      return Optional.empty();
    } finally {
      if (!held) {
        if (channel != null) {
          channel.close();
        }
        HELD.remove(path);
      }
    }
  }

  /** Returns the files in the order in which they were written. */
  List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
    }
  }

  Path segmentPath(long number) {
    return path.resolve("%012d%s".formatted(number, SUFFIX));
  }

  /** Keeps a file for people to examine, under a name that is not read as a journal. */
  void setAside(Path segment) throws IOException {
    Files.move(segment, segment.resolveSibling(segment.getFileName() + ".damaged"));
  }

  /** Removes the folder when nothing but the lock is left in it. */
  void removeIfEmpty() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      if (files.anyMatch(file -> !file.endsWith(LOCK))) {
        return;
      }
    }
    Files.delete(path.resolve(LOCK));
    Files.delete(path);
  }

  @Override
  public void close() throws IOException {
    channel.close();
    HELD.remove(path);
  }
}
