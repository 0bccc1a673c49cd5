package io.plumbline.inference.trace;

/**
 * What a workspace keeps of its requests beside that they happened.
 *
 * @param retentionDays how long contents are kept
 */
record TracePolicy(Contents contents, int retentionDays) {

  static final int SHORTEST_DAYS = 1;
  static final int LONGEST_DAYS = 365;

  /** Of a workspace that decided nothing; the database has the same number. */
  static final TracePolicy DEFAULT = new TracePolicy(Contents.MASKED, 30);
}
