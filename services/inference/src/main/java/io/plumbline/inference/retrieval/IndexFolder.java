package io.plumbline.inference.retrieval;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.blob.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The folder that indexes are unpacked to, one directory each. All replicas on a machine may share
 * it. An index that was not opened for a month is removed: processes that have it open can still
 * read it, and it is unpacked again when it is next opened.
 */
@Component
class IndexFolder {

  private static final Logger log = LoggerFactory.getLogger(IndexFolder.class);

  private static final Duration UNOPENED = Duration.ofDays(30);

  /**
   * The time in which every index is unpacked. An older incoming directory was left by a process
   * that was killed.
   */
  private static final Duration UNPACKING = Duration.ofHours(1);

  /** The age from which a change of a file shows in its change time. */
  private static final Duration SETTLED = Duration.ofMinutes(1);

  private static final String CHANGE_TIME = "ctime";
  private static final String ATTRIBUTES = "ino,size," + CHANGE_TIME;
  private static final String INCOMING = "incoming";

  private final Path directory;
  private final BlobStore blobs;
  private final Clock clock;

  /** The state of the indexes that this process has compared with their blobs. */
  private final Map<Path, Map<String, Map<String, Object>>> verified = new ConcurrentHashMap<>();

  IndexFolder(IndexSettings settings, BlobStore blobs, Clock clock) {
    this.directory = settings.directory();
    this.blobs = blobs;
    this.clock = clock;
  }

  /**
   * Opens an index, which is unpacked first where necessary. One that is unpacked already is
   * compared with its blob, and unpacked again when it differs.
   */
  OpenIndex open(UUID workspace, Digest blob) throws IOException {
    Path target = directory.resolve(workspace.toString()).resolve(blob.hex());
    if (Files.isDirectory(target) && !isAsPacked(blob, target)) {
      log.error("The unpacked index {} was changed, and is unpacked again", target);
      remove(target);
    }
    if (!Files.isDirectory(target)) {
      unpack(blob, target);
    }
    Files.setLastModifiedTime(target, FileTime.from(clock.instant()));
    return new OpenIndex(target);
  }

  private boolean isAsPacked(Digest blob, Path target) throws IOException {
    Map<String, Map<String, Object>> state = readState(target);
    if (state.equals(verified.get(target))) {
      return true;
    }
    try (InputStream packed = blobs.open(blob)) {
      if (!LuceneFiles.isUnpacked(packed, target)) {
        return false;
      }
    }
    if (isSettled(state)) {
      verified.put(target, state);
    }
    return true;
  }

  /** Returns the files of an index with the attributes that change whenever a file does. */
  private static Map<String, Map<String, Object>> readState(Path index) throws IOException {
    Map<String, Map<String, Object>> state = new HashMap<>();
    try (Stream<Path> files = Files.list(index)) {
      for (Path file : files.toList()) {
        state.put(file.getFileName().toString(), Files.readAttributes(file, "unix:" + ATTRIBUTES));
      }
    }
    return state;
  }

  /** Returns whether any later change will show, since the change times of files are coarse. */
  private boolean isSettled(Map<String, Map<String, Object>> state) {
    Instant since = clock.instant().minus(SETTLED);
    return state.values().stream()
        .allMatch(file ->
            file.get(CHANGE_TIME) instanceof FileTime changed
                && changed.toInstant().isBefore(since));
  }

  /** Removes an index; another replica of this machine may do so too. */
  private static void remove(Path target) throws IOException {
    Path aside = Files.createTempDirectory(target.getParent(), INCOMING);
    try {
      Files.move(target, aside, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException another) {
      log.debug("Another replica removed {}", target);
    } finally {
      deleteFolder(aside);
    }
  }

  private void unpack(Digest blob, Path target) throws IOException {
    Files.createDirectories(target.getParent());
    Path incoming = Files.createTempDirectory(target.getParent(), INCOMING);
    try {
      try (InputStream packed = blobs.open(blob)) {
        LuceneFiles.unpack(packed, incoming);
      }
      // The move is atomic, so that a process that is killed while it unpacks leaves no partial
      // index under the digest.
      Files.move(incoming, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      // Another replica of this machine may have been quicker.
      if (!Files.isDirectory(target)) {
        throw e;
      }
    } finally {
      if (Files.exists(incoming)) {
        deleteFolder(incoming);
      }
    }
  }

  /** Removes the indexes that were not opened for a month, and what killed processes left. */
  @Scheduled(initialDelayString = "PT5M", fixedDelayString = "PT1H")
  void removeUnopened() throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    for (Path workspace : subfolders(directory)) {
      for (Path index : subfolders(workspace)) {
        Instant opened = Files.getLastModifiedTime(index).toInstant();
        if (opened.isBefore(clock.instant().minus(lifetime(index)))) {
          verified.remove(index);
          deleteFolder(index);
        }
      }
    }
  }

  private static Duration lifetime(Path index) {
    return index.getFileName().toString().startsWith(INCOMING) ? UNPACKING : UNOPENED;
  }

  private static List<Path> subfolders(Path directory) throws IOException {
    try (Stream<Path> children = Files.list(directory)) {
      return children.filter(Files::isDirectory).toList();
    }
  }

  static void deleteFolder(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
