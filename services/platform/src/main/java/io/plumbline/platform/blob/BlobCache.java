package io.plumbline.platform.blob;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.digest.Ids;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies on the disk of content that is kept in a bucket, and files that are on their way to it.
 * The processes of a service on one machine share the folder. When the copies exceed the limit,
 * those that were not used for longest are deleted. A copy that was used within the last ten
 * minutes is kept, because its file may be about to be opened; the folder may exceed the limit by
 * these copies.
 */
final class BlobCache {

  /** The time for which a copy is kept after it was used. */
  private static final Duration IN_USE = Duration.ofMinutes(10);

  /** The age from which a file on its way to the bucket is the remains of a killed process. */
  private static final Duration ABANDONED = Duration.ofDays(1);

  private static final String INCOMING = "incoming-";
  private static final Logger log = LoggerFactory.getLogger(BlobCache.class);

  private record Copy(Path file, long bytes, Instant used) {}

  private final Path folder;
  private final long limit;
  private final InstantSource clock;
  private final VerifiedFiles verified;
  private final Map<Path, Instant> used = new ConcurrentHashMap<>();

  /**
   * @param limit the maximum size of the copies, in bytes
   */
  BlobCache(Path folder, long limit, InstantSource clock) {
    this.folder = folder.toAbsolutePath();
    this.limit = limit;
    this.clock = clock;
    this.verified = new VerifiedFiles(clock);
  }

  Path folder() {
    return folder;
  }

  /** Returns the name of a new file in this folder. The caller deletes it or adds it. */
  Path newFile() throws IOException {
    Files.createDirectories(folder);
    return folder.resolve(INCOMING + Ids.next());
  }

  /** Returns the copy of content, verified; null where there is none. Deletes a changed one. */
  @Nullable Path find(UUID workspace, Digest digest) throws IOException {
    Path file = fileOf(workspace, digest);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return null;
    }
    used.put(file, clock.instant());
    try {
      if (verified.hasDigest(file, digest)) {
        return file;
      }
    } catch (NoSuchFileException evicted) {
      return null;
    }
    log.warn("The copy {} has another digest than its name and is downloaded again", file);
    Files.deleteIfExists(file);
    return null;
  }

  /** Makes a file the copy of content. */
  Path add(Path file, UUID workspace, Digest digest) throws IOException {
    Path copy = fileOf(workspace, digest);
    Files.createDirectories(Objects.requireNonNull(copy.getParent()));
    used.put(copy, clock.instant());
    Files.move(file, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    evict();
    return copy;
  }

  private synchronized void evict() {
    List<Copy> copies = copies();
    long excess = copies.stream().mapToLong(Copy::bytes).sum() - limit;
    Instant before = clock.instant().minus(IN_USE);
    for (Copy each : copies) {
      if (excess > 0 && each.used().isBefore(before)) {
        delete(each.file());
        excess -= each.bytes();
      }
    }
    used.values().removeIf(time -> time.isBefore(before.minus(ABANDONED)));
  }

  /** Returns all copies; first those that were not used for longest. */
  private List<Copy> copies() {
    try (Stream<Path> files = Files.walk(folder, 2)) {
      return files
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .filter(file -> !isIncoming(file))
          .map(this::copyOf)
          .filter(copy -> copy.bytes() > 0)
          .sorted(Comparator.comparing(Copy::used))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isIncoming(Path file) {
    boolean incoming = file.getFileName().toString().startsWith(INCOMING);
    if (incoming && copyOf(file).used().isBefore(clock.instant().minus(ABANDONED))) {
      delete(file);
    }
    return incoming;
  }

  private Copy copyOf(Path file) {
    try {
      Instant modified = Files.getLastModifiedTime(file).toInstant();
      return new Copy(file, Files.size(file), used.getOrDefault(file, modified));
    } catch (IOException gone) {
      return new Copy(file, 0, clock.instant());
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path fileOf(UUID workspace, Digest digest) {
    return folder.resolve(workspace.toString()).resolve(digest.hex());
  }
}
