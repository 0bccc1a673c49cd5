package io.plumbline.inference.trace;

/** What a workspace keeps of what was asked and answered. */
public enum Contents {
  NONE,
  /** With placeholders where personal data and secrets were found. */
  MASKED,
  FULL
}
