package io.plumbline.platform.job;

/**
 * Does the jobs of one kind. A job may run again after a crash, so a handler can resume or repeat
 * it.
 */
public interface JobHandler {

  String kind();

  /**
   * Takes what a job needs, on the worker that is about to claim one. Without it none is claimed: a
   * job that waits uses up no attempt, and another process may take it.
   */
  default boolean reserve() {
    return true;
  }

  /** Gives it back, on the same worker, when the job has ended or there is none. */
  default void release() {}

  /**
   * @throws JobPostponed returns the job to the queue, to run again later
   * @throws Exception ends the job as FAILED, with the exception's message as the job's error,
   *     unless it {@linkplain JobContext#repeats repeats}
   */
  void run(JobContext job) throws Exception;

  /**
   * Called instead of another {@link #run} when all attempts so far ended without a result, as when
   * each took the process with it, so that whatever waits for the job can end.
   */
  default void givenUp(JobContext job, String reason) {}
}
