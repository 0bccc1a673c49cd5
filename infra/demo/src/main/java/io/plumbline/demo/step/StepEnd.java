package io.plumbline.demo.step;

/** The end of a step. */
public enum StepEnd {
  DONE_NOW("done now"),
  /** The step found all of its work done by an earlier start of the demo. */
  FOUND_DONE("found done"),
  FAILED("FAILED");

  private final String text;

  StepEnd(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
