package io.plumbline.platform.blob;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.springframework.util.unit.DataSize;

/**
 * How much a workspace keeps. What is on the disk is measured at most once a minute, and what this
 * process writes counts as it is written; so several processes can exceed the quota by what they
 * write within a minute.
 */
final class BlobQuota {

  private static final Duration MEASURED = Duration.ofMinutes(1);

  private record Used(AtomicLong bytes, long measuredAt) {}

  private final DataSize most;
  private final LongSupplier nanoTime;
  private final Map<UUID, Used> used = new ConcurrentHashMap<>();

  /**
   * @param nanoTime as {@link System#nanoTime()}
   */
  BlobQuota(DataSize most, LongSupplier nanoTime) {
    this.most = most;
    this.nanoTime = nanoTime;
  }

  /**
   * @param space the workspace's folder
   */
  Growth growth(UUID workspace, Path space) {
    long now = nanoTime.getAsLong();
    Used current =
        used.compute(
            workspace,
            (id, known) ->
                known != null && now - known.measuredAt() < MEASURED.toNanos()
                    ? known
                    : new Used(new AtomicLong(measure(space)), now));
    return new Growth(current.bytes());
  }

  private static long measure(Path space) {
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

  /** Content that is being written; what is not kept is given back. */
  final class Growth implements AutoCloseable {

    private final AtomicLong space;
    private long written;

    private Growth(AtomicLong space) {
      this.space = space;
    }

    /**
     * @throws StorageFullException when the workspace has no room for it
     */
    void add(long bytes) {
      if (space.addAndGet(bytes) > most.toBytes()) {
        space.addAndGet(-bytes);
        throw new StorageFullException(
            ("The workspace may keep %d MB of datasets, models and indexes, and has no room for"
                    + " this. Ask the operator to raise plumbline.blobs.quota.")
                .formatted(most.toMegabytes()));
      }
      written += bytes;
    }

    void keep() {
      written = 0;
    }

    @Override
    public void close() {
      space.addAndGet(-written);
    }
  }
}
