package io.plumbline.compliance.audit;

/**
 * A doubt about an entry. A warning does not mean that the log was altered: the log records
 * whatever was received.
 */
public enum EntryWarning {
  /** The service that the message names did not write it, so it was refused and had no effect. */
  NOT_AUTHENTIC,
  /** The workspace has nobody with the actor's id: a forged event, or a person removed since. */
  UNKNOWN_ACTOR,
  /** The entry says that a request was decided, but no such decision was made. */
  NO_SUCH_DECISION,
  /**
   * The row that the audit stores to find the entry differs from the entry; the entry itself is
   * shown.
   */
  PROJECTION_CHANGED
}
