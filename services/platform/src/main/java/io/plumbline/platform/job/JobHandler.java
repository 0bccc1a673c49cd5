package io.plumbline.platform.job;

/** Does the jobs of one kind. A job may run again after a crash, so a handler resumes or repeats without harm. */
public interface JobHandler {

  String kind();

  /** @throws Exception ends the job as FAILED, with the exception's message for the person who waits */
  void run(JobContext job) throws Exception;
}
