package io.plumbline.datasetregistry.ingest;

import io.plumbline.datasetregistry.upload.UploadLimits;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/**
 * Heap for the rows that jobs of this process measure and split. It has room for the rows of one
 * version of the largest size: jobs of several such versions wait for one another, smaller ones do
 * not.
 */
@Component
public final class RowMemory {

  private final int most;
  private final Semaphore free;

  RowMemory(UploadLimits limits) {
    this.most = limits.maxRows();
    // In turn, so that the rows of small versions do not keep those of a large one out for good.
    this.free = new Semaphore(most, true);
  }

  /** Room that is taken; to be closed once. */
  public interface Share extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Waits until there is room.
   *
   * @throws IllegalStateException when the thread is interrupted, which stays known
   */
  public Share take(long rows) {
    int taken = Math.clamp(rows, 1, most);
    try {
      free.acquire(taken);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while it waited for room for rows", e);
    }
    return () -> free.release(taken);
  }
}
