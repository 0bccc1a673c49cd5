package io.plumbline.platform.blob;

import io.plumbline.platform.identity.Caller;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Deletes content that this service wrote and that none of its rows mentions any more, and the
 * remains of broken writes.
 *
 * <p>A row mentions a digest when the digest occurs anywhere in the text of the row. All columns of
 * all tables are searched, so that no new column can be forgotten. Content is written before the
 * row that refers to it. Therefore nothing younger than the grace time is deleted, and the old
 * content is selected before the rows are read. Content that is written again becomes young again,
 * so its age is checked once more after it was moved aside.
 */
public class BlobGarbageCollector {

  private static final Logger log = LoggerFactory.getLogger(BlobGarbageCollector.class);
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
  private static final String ASIDE_SUFFIX = ".deleted";

  private final Path root;
  private final Duration grace;
  private final String service;
  private final MentionedDigests rows;
  private final Clock clock;

  BlobGarbageCollector(
      BlobSettings settings,
      String service,
      JdbcClient sql,
      PlatformTransactionManager transactions,
      Clock clock) {
    this.root = settings.directory().toAbsolutePath();
    this.grace = settings.grace();
    this.service = service;
    this.rows = new MentionedDigests(sql, transactions);
    this.clock = clock;
  }

  /**
   * Collects content in every workspace. A workspace that fails is reported and does not keep the
   * others from being collected.
   */
  @Scheduled(initialDelayString = "PT20M", fixedDelayString = "PT6H")
  public void collect() {
    for (Path space : BlobSpaces.subfolders(root)) {
      Path own = space.resolve(service);
      if (Files.isDirectory(own)) {
        try {
          collect(UUID.fromString(fileName(space)), own);
        } catch (RuntimeException e) {
          log.warn(
              "Unreferenced content in {} could not be deleted. This will be tried again in 6"
                  + " hours.",
              own,
              e);
        }
      }
    }
  }

  private void collect(UUID workspace, Path own) {
    filesUnder(own).forEach(this::restoreMovedAside);
    Instant before = clock.instant().minus(grace);
    List<Path> old = filesUnder(own).stream().filter(file -> isOlder(file, before)).toList();
    // These are broken writes, and parts of uploads that were given up.
    old.stream().filter(file -> !isContent(file)).forEach(BlobGarbageCollector::deleteFile);
    List<Path> contents = old.stream().filter(BlobGarbageCollector::isContent).toList();
    if (contents.isEmpty()) {
      return;
    }
    Set<String> mentioned = new HashSet<>();
    Caller.system(workspace)
        .run(() ->
            mentioned.addAll(
                rows.mentionedOf(contents.stream().map(BlobGarbageCollector::fileName).toList())));
    long deleted =
        contents.stream()
            .filter(file -> !mentioned.contains(fileName(file)) && deleteIfStillOld(file, before))
            .count();
    if (deleted > 0) {
      log.info(
          "Deleted {} files of content in {} that no row of this service mentions any more",
          deleted,
          own);
    }
  }

  /**
   * Moves content back that a process had moved aside when it was killed. The process had not yet
   * checked the age of the content again, so the content may be young and needed. It counts as new
   * from now on, so that even content that is being written at this moment is not lost.
   */
  private void restoreMovedAside(Path aside) {
    String name = fileName(aside);
    if (!name.endsWith(ASIDE_SUFFIX)) {
      return;
    }
    Path file = aside.resolveSibling(name.substring(0, name.length() - ASIDE_SUFFIX.length()));
    if (!isContent(file) || Files.exists(file)) {
      return;
    }
    try {
      Files.setLastModifiedTime(aside, FileTime.from(clock.instant()));
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException another) {
      // Another replica of this service is collecting too, and has already dealt with this file.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isContent(Path file) {
    return DIGEST.matcher(fileName(file)).matches();
  }

  private static String fileName(Path file) {
    return file.getFileName().toString();
  }

  /**
   * Deletes content, unless it has been written again since it was selected.
   *
   * @return whether the content was deleted
   */
  private boolean deleteIfStillOld(Path file, Instant before) {
    Path aside = file.resolveSibling(file.getFileName() + ASIDE_SUFFIX);
    try {
      Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
      if (isOlder(aside, before)) {
        Files.delete(aside);
        return true;
      }
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
      return false;
    } catch (NoSuchFileException another) {
      // Another replica of this service collects too.
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void deleteFile(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOlder(Path file, Instant before) {
    try {
      return Files.getLastModifiedTime(file).toInstant().isBefore(before);
    } catch (IOException gone) {
      return false;
    }
  }

  private static List<Path> filesUnder(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
