package io.plumbline.platform.job;

/**
 * Does the jobs of one kind. A job may run again after a crash, so a handler resumes or repeats
 * without harm.
 */
public interface JobHandler {

  String kind();

  /**
   * @throws Exception ends the job as FAILED, with the exception's message for the person who waits
   */
  void run(JobContext job) throws Exception;

  /**
   * Told instead of another {@link #run} when every attempt so far ended without a word, as when
   * each took the process with it. Whatever waits for the job learns here that nothing will come.
   */
  default void givenUp(JobContext job, String reason) {}
}
