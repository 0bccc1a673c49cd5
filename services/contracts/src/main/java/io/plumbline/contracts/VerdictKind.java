package io.plumbline.contracts;

/** What question a verdict answers. */
public enum VerdictKind {
  PHASE,
  FORGETTING,
  RELEASE,
  CANARY
}
