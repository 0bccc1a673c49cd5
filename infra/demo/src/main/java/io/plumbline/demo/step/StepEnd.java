package io.plumbline.demo.step;

/** How a step ended. */
public enum StepEnd {
  DONE_NOW("done now"),
  /** The platform held all of it already, by an earlier start of the demo. */
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
