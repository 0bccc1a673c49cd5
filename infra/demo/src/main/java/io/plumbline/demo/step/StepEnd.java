package io.plumbline.demo.step;

/** The end of a step. */
public enum StepEnd {
  DONE_NOW("done now"),
  /** An earlier start of the demo had done all of it. */
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
