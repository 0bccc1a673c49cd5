package io.plumbline.promptregistry.rendering;

/** What filling a template gives. */
public sealed interface Rendering {

  /** The finished text. */
  record Text(String text) implements Rendering {}

  /**
   * @param reason says what to change, for the caller's eyes
   */
  record Refused(String reason) implements Rendering {}
}
