package io.plumbline.platform.job;

import java.util.UUID;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.dao.UncategorizedDataAccessException;
import org.springframework.transaction.TransactionException;
import tools.jackson.databind.json.JsonMapper;

/** One attempt at one job, under a lease. */
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

  /** How many attempts this job has had, this one included. */
  public int attempt() {
    return claimed.attempt();
  }

  /**
   * Grows with every lease: a write guarded by it cannot come from a worker whose lease was lost.
   */
  public long fence() {
    return claimed.fence();
  }

  public <T> T payload(Class<T> type) {
    return json.readValue(claimed.payload(), type);
  }

  /**
   * Runs an effect in a transaction that commits only while this attempt holds the lease: a process
   * that was frozen while another took its job over changes nothing when it wakes up.
   *
   * @throws LeaseLost when another worker has taken over; nothing has happened then
   */
  public void underLease(Runnable effect) {
    queue.underLease(claimed, effect);
  }

  /**
   * Whether the job goes on after this end: another worker has taken it over, or it is claimed
   * again, because its process stops or the database is unavailable. Then nothing has failed, and a
   * handler records nothing.
   */
  public boolean repeats(Throwable end) {
    return end instanceof LeaseLost
        || Thread.currentThread().isInterrupted()
        || isOfTheDatabase(end);
  }

  /** Whether it says something about the database rather than about the statement. */
  static boolean isOfTheDatabase(Throwable end) {
    return end instanceof TransactionException
        || end instanceof TransientDataAccessException
        || end instanceof RecoverableDataAccessException
        || end instanceof NonTransientDataAccessResourceException
        || end instanceof UncategorizedDataAccessException;
  }

  /** Whether cancellation was requested: a handler that sees it returns soon. */
  public boolean cancelled() {
    return cancelled;
  }

  /**
   * @param fraction from 0 to 1
   * @throws LeaseLost when another worker has taken over
   */
  public void progress(double fraction, String message) {
    cancelled = queue.heartbeat(claimed, fraction, message);
  }

  void heartbeat() {
    cancelled = queue.heartbeat(claimed, null, null);
  }
}
