package io.plumbline.prompttemplate.template;

/** The result of rendering a template. */
public sealed interface Rendering {

  /** The finished text. */
  record Text(String text) implements Rendering {}

  /**
   * A template that could not be rendered.
   *
   * @param reason what the caller has to change
   */
  record Refused(String reason) implements Rendering {}
}
