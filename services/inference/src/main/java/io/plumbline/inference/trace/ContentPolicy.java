package io.plumbline.inference.trace;

/** The policy by which a workspace keeps the contents of calls and answers. */
public enum ContentPolicy {
  NONE,
  /** The contents are kept with placeholders for personal data and secrets. */
  MASKED,
  FULL
}
