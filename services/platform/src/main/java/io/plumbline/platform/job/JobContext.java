package io.plumbline.platform.job;

import io.plumbline.platform.blob.StorageUnavailableException;
import java.util.UUID;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.dao.UncategorizedDataAccessException;
import org.springframework.transaction.TransactionException;
import tools.jackson.databind.json.JsonMapper;

/** The context of one attempt at one job, under a lease. */
public final class JobContext {

  private final JobQueue.Claimed claimed;
  private final JobQueue queue;
  private final JsonMapper json;
  private volatile boolean cancelled;

  JobContext(JobQueue.Claimed claimed, JobQueue queue, JsonMapper json) {
    this.claimed = claimed;
    this.queue = queue;
    this.json = json;
  }

  public UUID id() {
    return claimed.id();
  }

  public UUID workspace() {
    return claimed.workspace();
  }

  /**
   * Returns the fencing token, which grows with every lease. A write that is guarded by it cannot
   * come from a worker that has lost its lease.
   */
  public long fence() {
    return claimed.fence();
  }

  /** Returns the content that the job was enqueued with. */
  public <T> T payload(Class<T> type) {
    return json.readValue(claimed.payload(), type);
  }

  /**
   * Runs an effect in a transaction that commits only while this attempt holds the lease. A process
   * that was frozen while another took over its job therefore changes nothing when it wakes up.
   *
   * @throws LeaseLost when another worker has taken over; nothing has been changed then
   */
  public void runUnderLease(Runnable effect) {
    queue.runUnderLease(claimed, effect);
  }

  /**
   * Returns whether the job goes on after the attempt ended in this way, because another worker has
   * taken it over or because it is claimed again after its process stopped or the database or the
   * bucket was unavailable. Nothing has failed in these cases, and a handler records nothing.
   */
  public boolean willRunAgain(Throwable end) {
    return end instanceof LeaseLost
        || Thread.currentThread().isInterrupted()
        || end instanceof StorageUnavailableException
        || isDatabaseFailure(end);
  }

  /** Returns whether a failure is about the database rather than about the statement. */
  static boolean isDatabaseFailure(Throwable end) {
    return end instanceof TransactionException
        || end instanceof TransientDataAccessException
        || end instanceof RecoverableDataAccessException
        || end instanceof NonTransientDataAccessResourceException
        || end instanceof UncategorizedDataAccessException;
  }

  /** Returns whether cancellation was requested. A handler that sees it should return soon. */
  public boolean isCancellationRequested() {
    return cancelled;
  }

  /**
   * Reports the progress of the job, and extends its lease.
   *
   * @param fraction the completed part, from 0 to 1
   * @throws LeaseLost when another worker has taken over
   */
  public void reportProgress(double fraction, String message) {
    cancelled = queue.heartbeat(claimed, fraction, message);
  }

  void heartbeat() {
    cancelled = queue.heartbeat(claimed, null, null);
  }
}
