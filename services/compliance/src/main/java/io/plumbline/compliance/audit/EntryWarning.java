package io.plumbline.compliance.audit;

/** What speaks against an entry. The log itself holds: it records what was received. */
public enum EntryWarning {
  /** The service that it names did not write it: it was refused, and nothing followed from it. */
  NOT_AUTHENTIC,
  /** Nobody of this id is in the workspace: a forged event, or a person who was removed since. */
  UNKNOWN_ACTOR,
  /** It says that a request was decided, and no such decision was made. */
  NO_SUCH_DECISION,
  /** What the audit stores to find it by is not what it says; what is shown is what it says. */
  PROJECTION_CHANGED
}
