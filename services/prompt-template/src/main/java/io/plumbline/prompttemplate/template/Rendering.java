package io.plumbline.prompttemplate.template;

/** The result of rendering a template. */
public sealed interface Rendering {

  /** The finished text. */
  record Text(String text) implements Rendering {}

  /**
   * @param reason what to change, for the caller
   */
  record Refused(String reason) implements Rendering {}
}
