package io.plumbline.platform.job;

/**
 * Runs the jobs of one kind. A job may run again after a crash, so a handler must be able to resume
 * or repeat it.
 */
public interface JobHandler {

  String kind();

  /**
   * Reserves what a job needs, on the worker that is about to claim one. Without the reservation no
   * job is claimed: a job that waits uses up no attempt, and another process may take it.
   *
   * @return whether the reservation succeeded
   */
  default boolean reserve() {
    return true;
  }

  /** Releases the reservation, on the same worker, when the job has ended or there is none. */
  default void release() {}

  /**
   * Runs one attempt at a job.
   *
   * @throws JobPostponed to return the job to the queue, to run again later
   * @throws Exception to end the job as FAILED, with the exception's message as the job's error,
   *     unless the job {@linkplain JobContext#willRunAgain repeats}
   */
  void run(JobContext job) throws Exception;

  /**
   * Records that the job was given up. It is called instead of another {@link #run} when all
   * attempts ended without a result, for example because each took the process with it, so that
   * whatever waits for the job can end.
   */
  default void recordGivenUp(JobContext job, String reason) {}
}
