package io.plumbline.datasetregistry.ingest;

import io.plumbline.datasetregistry.upload.UploadLimits;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/**
 * The heap for the rows that jobs of this process measure and split. It has room for one version of
 * the maximum size. Jobs of several such versions wait for one another; jobs of smaller ones run at
 * the same time.
 */
@Component
public final class RowMemoryBudget {

  private final int most;
  private final Semaphore free;

  RowMemoryBudget(UploadLimits limits) {
    this.most = limits.maxRows();
    // The semaphore is fair, so that small versions cannot keep a large one waiting permanently.
    this.free = new Semaphore(most, true);
  }

  /** A share of the room that is taken. It must be closed exactly once. */
  public interface Share extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Waits until there is room.
   *
   * @throws IllegalStateException when the thread is interrupted; its interrupt flag stays set
   */
  public Share reserve(long rows) {
    int taken = Math.clamp(rows, 1, most);
    try {
      free.acquire(taken);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for memory for rows", e);
    }
    return () -> free.release(taken);
  }
}
