package io.plumbline.inference.trace;

/**
 * The policy by which a workspace keeps contents of its requests.
 *
 * @param retentionDays the number of days for which contents are kept
 */
record TracePolicy(ContentPolicy contents, int retentionDays) {

  static final int SHORTEST_DAYS = 1;
  static final int LONGEST_DAYS = 365;

  /** The policy of a workspace that has not set one; the database has the same default. */
  static final TracePolicy DEFAULT = new TracePolicy(ContentPolicy.MASKED, 30);
}
