package io.plumbline.platform.blob;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * The quota of each workspace. Usage is measured at most once a minute, and what this process
 * writes is added as it is written. Several processes can therefore exceed the quota by what they
 * write within a minute. Content that this process has spooled elsewhere, to write it later, counts
 * too.
 */
public final class BlobQuota {

  private static final Duration MAX_MEASUREMENT_AGE = Duration.ofMinutes(1);

  private record Usage(AtomicLong bytes, long measuredAt) {}

  private final DataSize limit;
  private final LongSupplier nanoTime;
  private final Map<UUID, Usage> used = new ConcurrentHashMap<>();
  private final Map<UUID, AtomicLong> elsewhere = new ConcurrentHashMap<>();

  /**
   * @param nanoTime as {@link System#nanoTime()}
   */
  BlobQuota(DataSize limit, LongSupplier nanoTime) {
    this.limit = limit;
    this.nanoTime = nanoTime;
  }

  /**
   * Starts counting content that is being written into the space of a workspace.
   *
   * @param measure returns the bytes in the space of the workspace
   */
  QuotaCharge openCharge(UUID workspace, LongSupplier measure) {
    return new QuotaCharge(usedBytes(workspace, measure), spooledBytes(workspace)::get);
  }

  /**
   * Starts counting content that is being written outside the space, where no measurement finds it.
   */
  QuotaCharge openSpoolCharge(UUID workspace, LongSupplier measure) {
    return new QuotaCharge(spooledBytes(workspace), () -> usedBytes(workspace, measure).get());
  }

  private AtomicLong spooledBytes(UUID workspace) {
    return elsewhere.computeIfAbsent(workspace, id -> new AtomicLong());
  }

  private AtomicLong usedBytes(UUID workspace, LongSupplier measure) {
    long now = nanoTime.getAsLong();
    return used.compute(workspace, (id, known) -> remeasuredIfOld(known, measure, now)).bytes();
  }

  private static Usage remeasuredIfOld(@Nullable Usage known, LongSupplier measure, long now) {
    if (known != null && now - known.measuredAt() < MAX_MEASUREMENT_AGE.toNanos()) {
      return known;
    }
    return new Usage(new AtomicLong(measure.getAsLong()), now);
  }

  /**
   * The bytes that one write adds to a workspace. Unless {@link #commit} is called, closing gives
   * them back to the quota.
   */
  public final class QuotaCharge implements AutoCloseable {

    private final AtomicLong space;
    private final LongSupplier rest;
    private long written;

    /**
     * @param rest gives the bytes that the workspace uses elsewhere
     */
    private QuotaCharge(AtomicLong space, LongSupplier rest) {
      this.space = space;
      this.rest = rest;
    }

    /**
     * Counts more bytes.
     *
     * @throws StorageFullException when the workspace has no room for them
     */
    public void add(long bytes) {
      if (space.addAndGet(bytes) + rest.getAsLong() > limit.toBytes()) {
        space.addAndGet(-bytes);
        throw new StorageFullException(
            ("The workspace may keep %d MB of datasets, models and indexes, and has no room for"
                    + " this. Ask the operator to raise plumbline.blobs.quota.")
                .formatted(limit.toMegabytes()));
      }
      written += bytes;
    }

    /** Counts the bytes for good: closing no longer gives them back. */
    void commit() {
      written = 0;
    }

    @Override
    public void close() {
      space.addAndGet(-written);
    }
  }
}
